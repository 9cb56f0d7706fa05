"""Server processes as far as realtime is concerned: several of them share one event loop and one Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mattermost_site.realtime import stream
from mattermost_site.realtime.events import Event
from mattermost_site.realtime.handover import Handover
from mattermost_site.realtime.hub import Hub
from mattermost_site.realtime.redis_reader import RedisReader
from mattermost_site.realtime.threads import in_thread
from mattermost_site.realtime.wire import Control
from tests.realtime.hubs import People


class Node:
    """A process: hub and reader."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.hub = Hub(people)
        self.reader = RedisReader(self.hub)
        self.hub.handover = Handover(self.hub, self.reader)
        self.task: asyncio.Task[None] | None = None

    async def listen(self, limit: float = 10.0) -> None:
        """Read the stream, from the place where it was left; TimeoutError when it is not there."""
        self.task = asyncio.create_task(self.reader.run())
        async with asyncio.timeout(limit):
            await self.reader.attached.wait()

    async def pause(self) -> None:
        """Read it no more."""
        if self.task:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
            self.task = None
            self.reader.attached.clear()

    async def stop(self) -> None:
        await self.pause()
        self.hub.drop_all(1001)
        for task in self.hub.tasks:
            task.cancel()
        await asyncio.gather(*self.hub.tasks, return_exceptions=True)
        if self.hub.handover:
            await self.hub.handover.close()


@asynccontextmanager
async def node(people: People) -> AsyncIterator[Node]:
    """A process that listens."""
    started = Node(people)
    try:
        await started.listen()
        yield started
    finally:
        await started.stop()


async def publish(*told: Event | Control) -> None:
    """Publish as a request does: from a thread."""

    def run() -> None:
        for one in told:
            if isinstance(one, Event):
                stream.publish(one)
            else:
                stream.send(one)

    await in_thread(run)
