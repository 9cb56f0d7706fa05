"""Numbers of this process for Prometheus; a scrape adds up those of all workers of a node.

The library decides when it is imported whether numbers are shared between processes. So it
is imported on first use: by then ``manage.py serve`` has named the folder that carries them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING

from django.http import HttpRequest

from mattermost_site.api.endpoints import shape_of, table

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the variable that the library reads
SOCKETS = "mattermost_http_websockets_total"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"  # what strangers choose freely must not become names of numbers

_requests: dict[tuple[str, str, int], Histogram] = {}


@cache
def _request_time() -> Histogram:
    from prometheus_client import Histogram

    labels = ("handler", "method", "status_code")
    return Histogram("mattermost_api_time", "Seconds from the last byte of a request to its answer.", labels)


@cache
def _sockets() -> Gauge:
    from prometheus_client import Gauge

    return Gauge(SOCKETS, "Open sockets.", multiprocess_mode="livesum")


@cache
def _events() -> Counter:
    from prometheus_client import Counter

    return Counter("mattermost_websocket_event", "Events queued for connections, by name.", ("type",))


@cache
def _dropped() -> Counter:
    from prometheus_client import Counter

    return Counter("mattermost_websocket_event_dropped", "Events that slow sockets did not get.", ("type",))


@cache
def _operations() -> dict[tuple[str, str], str]:
    """``createPost`` by the method and shape of ``/api/v4/posts``."""
    return {(row.method, row.shape): row.operation[:1].lower() + row.operation[1:] for row in table()}


def _handler_of(route: str, method: str) -> str:
    if not route or route.startswith("^"):
        return OTHER
    shape = shape_of("/" + route)
    return _operations().get((method, shape), shape)


def note_request(request: HttpRequest, status: int, started: float) -> None:
    """Count an answered request; ``started`` is what ``perf_counter`` said when all of it was there."""
    match = request.resolver_match
    method = request.method if request.method in METHODS else OTHER
    key = (str(match.route) if match else "", method or OTHER, status)
    if (times := _requests.get(key)) is None:
        times = _requests[key] = _request_time().labels(_handler_of(*key[:2]), key[1], str(status))
    times.observe(perf_counter() - started)


@contextmanager
def open_socket() -> Iterator[None]:
    """A socket is open while the block runs."""
    _sockets().inc()
    try:
        yield
    finally:
        _sockets().dec()


def note_event(name: str, count: int) -> None:
    """An event was queued for so many connections, those that wait for their client among them."""
    if count:
        _events().labels(name).inc(count)


def note_dropped(name: str) -> None:
    """A socket that is too slow did not get an event."""
    _dropped().labels(name).inc()


def registry() -> CollectorRegistry:
    """Where the numbers of all workers of the node are read; of this process, when it serves alone."""
    from prometheus_client import REGISTRY, CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    if FOLDER not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together


def open_sockets() -> int:
    """How many sockets are open in all workers of the node."""
    return int(registry().get_sample_value(SOCKETS) or 0)


def forget_worker(pid: int) -> None:
    """A worker ended: what it had open is open no more. What it had counted stays counted."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)
