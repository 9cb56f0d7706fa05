"""Start and end of realtime in a server process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from mattermost_site.realtime import stream
from mattermost_site.realtime.backend import Backend
from mattermost_site.realtime.handover import Handover
from mattermost_site.realtime.housekeeping import keep_house
from mattermost_site.realtime.hub import GOING_AWAY, Hub
from mattermost_site.realtime.pace import Pace
from mattermost_site.realtime.redis_reader import RedisReader
from mattermost_site.realtime.wire import Entry

ATTACH_LIMIT = 3.0  # seconds that the start waits for Redis; the server comes up without it

logger = logging.getLogger(__name__)

_backend: Backend | None = None
_running: Running | None = None


class Running:
    """Realtime in one event loop."""

    def __init__(self, backend: Backend) -> None:
        self.loop = asyncio.get_running_loop()
        self.hub = Hub(backend)
        self.reader = RedisReader(self.hub) if stream.uses_redis() else None
        if self.reader:
            self.hub.handover = Handover(self.hub, self.reader)
        self.tasks: list[asyncio.Task[None]] = []
        self._inbox: asyncio.Queue[Sequence[Entry]] = asyncio.Queue()
        self.ready = self.loop.create_task(self._start())

    async def _start(self) -> None:
        self.tasks.append(self.loop.create_task(keep_house(self.hub)))
        if self.reader is None:
            self.tasks.append(self.loop.create_task(self._take_in()))
            stream.attach(self._receive)
        else:
            self.tasks.append(self.loop.create_task(self.reader.run()))
            try:
                async with asyncio.timeout(ATTACH_LIMIT):
                    await self.reader.attached.wait()
            except TimeoutError:
                logger.warning("Redis does not answer; sockets hear nothing until it does")
        self.hub.background(self.hub.departures.recover())

    def _receive(self, entries: Sequence[Entry]) -> None:
        """Entries of this process, from whatever thread; those of one call stay together."""
        self.loop.call_soon_threadsafe(self._inbox.put_nowait, entries)

    async def _take_in(self) -> None:
        pace = Pace()
        while True:
            for entry in await self._inbox.get():
                await pace.after(self._take(entry))

    def _take(self, entry: Entry) -> int:
        try:
            return self.hub.receive([entry])
        except Exception:  # one entry must not silence all that follow
            logger.exception("an entry of the stream cannot be used")
            return 0

    async def stop(self) -> None:
        """End all that was started."""
        if self.reader is None:
            stream.attach(None)
        self.hub.drop_all(GOING_AWAY)
        for task in [self.ready, *self.tasks, *self.hub.tasks]:
            task.cancel()
        await asyncio.gather(self.ready, *self.tasks, *self.hub.tasks, return_exceptions=True)
        if self.hub.handover:
            await self.hub.handover.close()


def use(backend: Backend) -> None:
    """Say how sockets get at the apps; the consumer does, when it is imported."""
    global _backend
    _backend = backend


def current_hub() -> Hub:
    """The hub of this process; RuntimeError before ``start``."""
    if _running is None:
        raise RuntimeError("Realtime has not started in this process.")
    return _running.hub


async def start() -> None:
    """Start, unless that was done in this loop; cheap when it was. Not every server announces its start."""
    global _running
    if _running is None or _running.loop is not asyncio.get_running_loop():
        if _backend is None:
            raise RuntimeError("Nobody said how sockets get at the apps: import the consumer first.")
        _running = Running(_backend)
    if not _running.ready.done():
        await asyncio.shield(_running.ready)


async def drain() -> None:
    """The process is about to end: say good-bye to every socket with 1001, and take no new ones."""
    if _running is None:
        return
    await _running.hub.drain()


async def stop() -> None:
    """End realtime in this process."""
    global _running
    if _running is not None:
        running, _running = _running, None
        await running.stop()
