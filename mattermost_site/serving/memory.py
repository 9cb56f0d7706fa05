"""What the garbage collector need not look at."""

from __future__ import annotations

import gc

from django.urls import get_resolver

COLLECT_AFTER = (10_000, 10, 10)  # new objects, young collections, middle collections


def settle() -> None:
    """Tell the collector that what is loaded stays, and to look less often; call it when a worker has started.

    Otherwise it goes through every module of Django again and again: a third of the CPU
    time of reading a page of posts [1.1 ms with, 0.7 ms without].
    """
    _ = get_resolver().url_patterns  # loads the views, which the first request would do otherwise
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
