"""Values kept in the process and dropped in every process when their source changes.

``Cache("roles", size=1000)`` lives as long as the process. A writer calls ``invalidate``
in the transaction that changes the source: the value is dropped at once here, and again
in every process after the commit. What is invalidated in a transaction that is still
open is read past the cache, so that nothing uncommitted is ever kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_caches: dict[str, Cache[Any, Any]] = {}


_is_listening = False


def is_believed() -> bool:
    """Whether values may be served from memory.

    Not while the stream that carries invalidations cannot be heard: then a revoked
    session would live on here. A process that never listens, such as a Celery worker
    in an installation with Redis, keeps nothing.
    """
    from mattermost_site.realtime import stream

    return _is_listening or not stream.uses_redis()


class Cache(Generic[K, V]):
    """At most ``size`` values by key, least recently used first to go. Keys are what JSON can carry: texts, numbers.

    None, which says that there is nothing, is kept only if ``keep_none``.
    """

    def __init__(self, name: str, size: int, *, keep_none: bool = False) -> None:
        if name in _caches:
            raise ValueError(f"There are two caches named {name!r}.")
        self.name = name
        self.size = size
        self.keep_none = keep_none
        self._values: OrderedDict[K, V] = OrderedDict()
        self._loads: dict[K, set[object]] = {}
        self._lock = threading.Lock()
        _caches[name] = self

    def get_or_load(self, key: K, loader: Callable[[K], V]) -> V:
        """The value, from memory or from ``loader(key)``; what the loader raises passes through.

        A value whose loading began before an invalidation is returned, but not kept.
        """
        if _is_dirty(self.name, key) or not is_believed():
            return loader(key)
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            load = object()
            self._loads.setdefault(key, set()).add(load)
        try:
            value = loader(key)
        except BaseException:
            with self._lock:
                self._finish(key, load)
            raise
        self._store(key, load, value)
        return value

    def _finish(self, key: K, load: object) -> bool:
        """End a load, with the lock held; whether no invalidation came between."""
        loads = self._loads.get(key)
        if loads is None or load not in loads:
            return False
        loads.discard(load)
        if not loads:
            del self._loads[key]
        return True

    def _store(self, key: K, load: object, value: V) -> None:
        with self._lock:
            if not self._finish(key, load) or (value is None and not self.keep_none):
                return
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > self.size:
                self._values.popitem(last=False)

    def peek(self, key: K) -> V | None:
        """The value if it is in memory; nothing is loaded."""
        with self._lock:
            return self._values.get(key)

    def drop(self, keys: Iterable[K]) -> None:
        """Forget values in this process only."""
        with self._lock:
            for key in keys:
                self._values.pop(key, None)
                self._loads.pop(key, None)

    def clear(self) -> None:
        """Forget everything in this process only."""
        with self._lock:
            self._values.clear()
            self._loads.clear()

    def invalidate(self, *keys: K) -> None:
        """Have every process read these values again, from the commit of the present transaction on."""
        if not keys:
            return
        from mattermost_site.realtime import control

        self.drop(keys)
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.in_atomic_block:
            _dirty_keys(connection).update((self.name, key) for key in keys)
            connection.on_commit(lambda: self._committed(keys), robust=True)
        control.invalidate(self.name, keys)

    def _committed(self, keys: tuple[K, ...]) -> None:
        self.drop(keys)
        _dirty_keys(connections[DEFAULT_DB_ALIAS]).difference_update((self.name, key) for key in keys)


def _dirty_keys(connection: Any) -> set[tuple[str, Any]]:
    """What the open transaction of this thread invalidated."""
    keys: set[tuple[str, Any]] | None = getattr(connection, "invalidated_keys", None)
    if keys is None:
        keys = connection.invalidated_keys = set()
    return keys


def forget_invalidations() -> None:
    """For tests, whose outermost transaction never commits: what one test invalidated must not slow the next."""
    _dirty_keys(connections[DEFAULT_DB_ALIAS]).clear()


def _is_dirty(name: str, key: Any) -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    keys = getattr(connection, "invalidated_keys", None)
    if not keys:
        return False
    if not connection.in_atomic_block:
        keys.clear()  # of a transaction that was rolled back
        return False
    return (name, key) in keys


def invalidated(name: str, keys: Iterable[Any]) -> None:
    """An order from the stream: forget values of one cache in this process."""
    if name in _caches:
        _caches[name].drop(keys)


def clear_all() -> None:
    """Forget all values of this process."""
    for cache in _caches.values():
        cache.clear()


def listening(is_listening: bool) -> None:
    """The stream of invalidations can, or cannot, be heard. What was kept before is forgotten."""
    global _is_listening
    _is_listening = is_listening
    clear_all()
