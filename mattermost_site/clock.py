"""Time as the API writes it: integer milliseconds since the Unix epoch, UTC."""

from __future__ import annotations

import time

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def now() -> int:
    """The present in milliseconds."""
    return time.time_ns() // 1_000_000
