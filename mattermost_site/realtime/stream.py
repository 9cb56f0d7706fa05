"""``publish``: from an action to the sockets of every process, after the commit and in order.

What one transaction publishes leaves together when it commits; what a rolled back
savepoint published does not leave. In one process it goes straight to the hub; with
``CacheSettings.CacheType`` "redis" through one Redis stream that every process reads.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from mattermost_site import config
from mattermost_site.realtime.events import Event
from mattermost_site.realtime.wire import Control, Entry, parcel_of

logger = logging.getLogger(__name__)

Sink = Callable[[Sequence[Entry]], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What left: the entry, and for an event also as its publisher made it."""

    entry: Entry
    event: Event | None


observers: list[Callable[[Sent], None]] = []
"""Told of all that leaves this process, in order; for tests."""

_sinks: dict[str, Sink] = {}


def publish(*events: Event) -> None:
    """Tell clients, when the transaction commits (now, when there is none). TypeError when data is no JSON."""
    for event in events:
        _enqueue(Sent(parcel_of(event), event))


def send(control: Control) -> None:
    """Order something of every process, when the transaction commits; ``control.py`` has a function for each kind."""
    _enqueue(Sent(control, None))


def uses_redis() -> bool:
    """Whether events travel between processes."""
    return config.current().cache.cache_type == "redis"


def attach(sink: Sink | None) -> None:
    """Where entries of this process go when it is the only one: into its hub. Before that they go nowhere."""
    if sink is None:
        _sinks.pop("local", None)
    else:
        _sinks["local"] = sink


def detach() -> None:
    """Forget where entries go; the next one finds out anew."""
    _sinks.clear()


@dataclass(slots=True)
class _Batch:
    """What one transaction has to say."""

    ready: list[Sent] = field(default_factory=list)
    latest: int = 0


@dataclass(frozen=True, slots=True)
class _Collect:
    batch: _Batch
    item: Sent

    def __call__(self) -> None:
        self.batch.ready.append(self.item)


@dataclass(frozen=True, slots=True)
class _Flush:
    """Sends the batch, if nothing was published after it."""

    batch: _Batch
    number: int

    def __call__(self) -> None:
        if self.number == self.batch.latest:
            ready, self.batch.ready = self.batch.ready, []
            _dispatch(ready)


def _enqueue(item: Sent) -> None:
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        _dispatch([item])
        return
    batch = _batch_of(connection.run_on_commit)
    batch.latest += 1
    connection.on_commit(_Collect(batch, item), robust=True)
    # Without a savepoint's id, so that this one survives when a savepoint is rolled back: the last
    # call after the commit is then always a flush, and only then is it known that there is no more.
    connection.run_on_commit.append((set(), _Flush(batch, batch.latest), True))


def _batch_of(hooks: Sequence[tuple[Any, Any, bool]]) -> _Batch:
    for _, hook, _ in reversed(hooks):
        if isinstance(hook, _Flush):
            return hook.batch
    return _Batch()


def _dispatch(items: Sequence[Sent]) -> None:
    """Never raises: the transaction is committed, and its request must be answered."""
    if not items:
        return
    for observer in observers:
        for item in items:
            observer(item)
    try:
        _sink()([item.entry for item in items])
    except Exception:
        logger.exception("%s events could not be sent", len(items))


def _sink() -> Sink:
    if uses_redis():
        if "redis" not in _sinks:
            from mattermost_site.realtime.redis_sender import RedisSender

            _sinks["redis"] = RedisSender().send
        return _sinks["redis"]
    return _sinks.get("local", _nowhere)


def _nowhere(entries: Sequence[Entry]) -> None:
    """A process without sockets, in an installation of one process: nobody listens."""
