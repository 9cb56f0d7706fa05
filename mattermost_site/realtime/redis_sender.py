"""The way into the shared stream, for threads that serve requests: quick, or not at all."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from mattermost_site import config
from mattermost_site.realtime.wire import Control, Entry, Parcel, to_fields

CONNECT_LIMIT = 0.1  # seconds
ANSWER_LIMIT = 0.2  # seconds
PAUSE = 1.0  # seconds without trying, after a failure: requests must not wait for a dead Redis one by one
LENGTH = 10_000  # entries that the stream keeps, about
FLEETING = frozenset({"typing"})  # events whose loss nobody notices a moment later

logger = logging.getLogger(__name__)

_loss_lock = threading.Lock()
_lost = 0  # events that never reached the stream since the last reset


def stream_key() -> str:
    """The name of the stream."""
    return f"{config.current().cache.redis_cache_prefix}mm:stream"


def connection_options() -> dict[str, Any]:
    """Where Redis is, as its clients want it (``CacheSettings``)."""
    cache = config.current().cache
    host, _, port = cache.redis_address.rpartition(":")
    return {
        "host": host.strip("[]") or "localhost",
        "port": int(port) if port.isdigit() else 6379,
        "password": cache.redis_password or None,
        "db": max(cache.redis_db, 0),
    }


def lost() -> int:
    """How many events this process could not pass on. While there are any, every socket has to load anew."""
    return _lost


def reset_fields() -> dict[bytes, bytes]:
    """The order that every process closes its sockets without a state to resume from."""
    return to_fields(Control("reset", {}))


def forgive(count: int) -> None:
    """``count`` lost events are made good: the order to reset has reached the stream."""
    global _lost
    with _loss_lock:
        _lost = max(_lost - count, 0)


def _lose(count: int) -> None:
    global _lost
    with _loss_lock:
        _lost += count


def _losses(entries: Sequence[Entry]) -> int:
    """How many of the entries somebody would miss."""
    return sum(not isinstance(entry, Parcel) or entry.name not in FLEETING for entry in entries)


class RedisSender:
    """Appends to the stream; what belongs to one commit arrives together."""

    def __init__(self) -> None:
        # One more try, at once: a connection may have died in the pool since its last use.
        retry = Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,))
        self.client = redis.Redis(
            **connection_options(), socket_connect_timeout=CONNECT_LIMIT, socket_timeout=ANSWER_LIMIT, retry=retry
        )
        self._again_at = 0.0

    def send(self, entries: Sequence[Entry]) -> None:
        """Append all, or count them as lost; never raises for want of Redis, and does not wait for it."""
        if time.monotonic() < self._again_at:
            _lose(_losses(entries))
            return
        missing = lost()
        try:
            pipe = self.client.pipeline(transaction=True)
            if missing:
                pipe.xadd(stream_key(), reset_fields(), maxlen=LENGTH)  # type: ignore[arg-type]
            for entry in entries:
                pipe.xadd(stream_key(), to_fields(entry), maxlen=LENGTH)  # type: ignore[arg-type]
            pipe.execute()
        except redis.RedisError as error:
            self._again_at = time.monotonic() + PAUSE
            _lose(_losses(entries))
            logger.warning("Redis is away, %s events are lost and sockets will be reset: %s", len(entries), error)
            return
        forgive(missing)
