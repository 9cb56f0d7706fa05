"""For tests: what was published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mattermost_site.realtime import stream
from mattermost_site.realtime.events import Event
from mattermost_site.realtime.wire import Control


@contextmanager
def recorded() -> Iterator[list[Event]]:
    """The events that leave this process meanwhile, in order; those of a transaction when it commits."""
    events: list[Event] = []

    def note(item: stream.Sent) -> None:
        if item.event is not None:
            events.append(item.event)

    stream.observers.append(note)
    try:
        yield events
    finally:
        stream.observers.remove(note)


@contextmanager
def recorded_orders() -> Iterator[list[Control]]:
    """The orders to other processes that leave meanwhile (``realtime/control.py``), in order."""
    orders: list[Control] = []

    def note(item: stream.Sent) -> None:
        if isinstance(item.entry, Control):
            orders.append(item.entry)

    stream.observers.append(note)
    try:
        yield orders
    finally:
        stream.observers.remove(note)
