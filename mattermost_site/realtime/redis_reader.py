"""The way out of the shared stream: one reader a process, in its event loop.

It goes on from the last entry it saw, so an interruption loses nothing while the stream
reaches back that far. When it does not, when a publisher lost events, or when Redis was
away so long that a publisher may have lost some and died, every socket is reset.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

import redis
import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from mattermost_site import caches
from mattermost_site.realtime import redis_sender
from mattermost_site.realtime.pace import Pace
from mattermost_site.realtime.redis_sender import stream_key
from mattermost_site.realtime.wire import Control, Fields, from_fields, target_of

if TYPE_CHECKING:
    from mattermost_site.realtime.hub import Hub

BATCH = 200  # entries
BLOCK = 1000  # ms that a read waits for entries
ANSWER_LIMIT = 5.0  # seconds beyond that, before the connection counts as dead
CONNECT_LIMIT = 2.0
RETRY = 0.5  # seconds
CATCH_UP_LIMIT = 5.0  # seconds: a longer interruption resets sockets in any case
BEGINNING = b"0-0"

logger = logging.getLogger(__name__)


def client() -> redis.asyncio.Redis:
    """A client for the event loop whose blocking reads are not cut short."""
    return redis.asyncio.Redis(
        **redis_sender.connection_options(),
        socket_timeout=None,
        socket_connect_timeout=CONNECT_LIMIT,
        retry=Retry(NoBackoff(), 0),
    )


class RedisReader:
    """Reads the stream into the hub until cancelled."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.place: bytes | None = None
        self.attached = asyncio.Event()
        self._away_since: float | None = None
        self._is_behind = False

    async def run(self) -> None:
        """Never returns; a Redis that is away is tried again and again."""
        while True:
            try:
                async with client() as redis_client:
                    await self._attach(redis_client)
                    while True:
                        await self._read(redis_client)
            except (redis.RedisError, OSError, TimeoutError) as error:
                self._detach(error)
                await asyncio.sleep(RETRY)

    def _detach(self, error: Exception) -> None:
        if self._away_since is None:
            self._away_since = time.monotonic()
            caches.listening(False)
            logger.warning("events of other processes cannot be heard: %s", error)
        self.attached.clear()

    async def _attach(self, redis_client: Any) -> None:
        async with asyncio.timeout(ANSWER_LIMIT):
            if self.place is None:
                self.place = await self._end(redis_client)
                if self._away_since is not None:
                    self.hub.receive([Control("reset", {})])
            elif not await self._is_whole(redis_client) or self._was_away_long():
                self.place = await self._end(redis_client)
                self.hub.receive([Control("reset", {})])
        self._away_since = None
        self._is_behind = True

    def _was_away_long(self) -> bool:
        return self._away_since is not None and time.monotonic() - self._away_since > CATCH_UP_LIMIT

    async def _end(self, redis_client: Any) -> bytes:
        last = await redis_client.xrevrange(stream_key(), count=1)
        return last[0][0] if last else BEGINNING

    async def _is_whole(self, redis_client: Any) -> bool:
        """Whether the entry read last is still there: then none after it is missing."""
        if self.place == BEGINNING:
            return True
        return bool(await redis_client.xrange(stream_key(), min=self.place, max=self.place))

    async def _read(self, redis_client: Any) -> None:
        if redis_sender.lost():
            await self._make_good(redis_client)
        async with asyncio.timeout(BLOCK / 1000 + ANSWER_LIMIT):
            block = None if self._is_behind else BLOCK
            answer = await redis_client.xread({stream_key(): self.place}, count=BATCH, block=block)
        entries = _entries(answer)
        await self._pass_on(entries)
        if len(entries) == BATCH:
            # So far behind that the stream may have been cut before our place was read.
            if not await self._is_whole(redis_client):
                self.place = await self._end(redis_client)
                self.hub.receive([Control("reset", {})])
        elif self._is_behind:
            self._is_behind = False
            caches.listening(True)
            self.attached.set()

    async def _pass_on(self, entries: list[tuple[bytes, Fields]]) -> None:
        pace = Pace()
        for place, fields in entries:
            self.place = place
            await pace.after(self._take(fields))

    def _take(self, fields: Fields) -> int:
        try:
            if b"k" in fields or self.hub.wants(target_of(fields)):
                return self.hub.receive([from_fields(fields)])
        except Exception:  # one entry, perhaps of another version, must not silence all that follow
            logger.exception("an entry of the stream cannot be used")
        return 0

    async def _make_good(self, redis_client: Any) -> None:
        """Have all sockets reset, because a thread of this process could not pass events on."""
        count = redis_sender.lost()
        async with asyncio.timeout(ANSWER_LIMIT):
            await redis_client.xadd(stream_key(), redis_sender.reset_fields(), maxlen=redis_sender.LENGTH)
        redis_sender.forgive(count)


def _entries(answer: Any) -> list[tuple[bytes, Fields]]:
    """The entries of one stream in the answer to XREAD, which is a list or, in the newer protocol, a map."""
    if not answer:
        return []
    streams = list(answer.values()) if isinstance(answer, dict) else [entries for _, entries in answer]
    found: list[tuple[bytes, Fields]] = streams[0]
    return found[0] if isinstance(found[0], list) else found  # the newer protocol nests once more
