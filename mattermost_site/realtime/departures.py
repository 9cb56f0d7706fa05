"""Who has no socket open any more, in any process: they are offline (websocket.md §1).

Departures are collected for half a second. Then the other processes are asked; one that
has a socket of a user says so. Nothing is kept anywhere, so nothing can go stale.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from mattermost_site import clock
from mattermost_site.realtime import control, stream
from mattermost_site.realtime.threads import in_thread
from mattermost_site.realtime.wire import Control

if TYPE_CHECKING:
    from mattermost_site.realtime.hub import Hub

COLLECT = 0.5  # seconds
EARLY_AT = 32  # departures that end the collecting
ANSWER_LIMIT = 0.5  # seconds that other processes have to object
START_LIMIT = 3.0  # seconds, when all users are asked about
CHUNK = 1000  # users in one question


class Departures:
    """Users whose last socket here closed, until it is known whether they are offline."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._waiting: set[str] = set()
        self._asked: set[str] = set()
        self._early = asyncio.Event()
        self._is_collecting = False

    def left(self, user_id: str) -> None:
        """The user's last socket in this process closed."""
        self._waiting.add(user_id)
        if len(self._waiting) >= EARLY_AT:
            self._early.set()
        if not self._is_collecting:
            self._is_collecting = True
            self.hub.background(self._collect())

    def came_back(self, user_id: str) -> None:
        """The user opened a socket here."""
        self._waiting.discard(user_id)
        self._asked.discard(user_id)

    async def _collect(self) -> None:
        try:
            async with asyncio.timeout(COLLECT):
                await self._early.wait()
        except TimeoutError:
            pass
        self._early.clear()
        self._is_collecting = False
        await self.flush()

    async def flush(self, patience: float = ANSWER_LIMIT) -> None:
        """Turn those who wait offline, unless another process objects within ``patience`` seconds."""
        closed_at = clock.now()
        waiting, self._waiting = self._waiting, set()
        self._asked |= waiting
        if stream.uses_redis():
            for chunk in _chunks(waiting):
                await in_thread(stream.send, Control(control.LEAVING, {"by": self.hub.id, "users": chunk}))
            await asyncio.sleep(patience)
        gone = sorted(waiting & self._asked)
        self._asked -= waiting
        if gone:
            await in_thread(self.hub.backend.went_offline, gone, closed_at)

    def asked(self, order: Control) -> None:
        """Another process has no socket of these users: object for those who have one here."""
        if order.data["by"] == self.hub.id:
            return
        people = self.hub.people.by_user
        here = [user_id for user_id in order.data["users"] if user_id in people and people[user_id].is_present]
        if here:
            self.hub.background(in_thread(stream.send, Control(control.STAYING, {"users": here})))

    def answered(self, order: Control) -> None:
        """Some process has sockets of these users."""
        self._asked -= set(order.data["users"])

    async def recover(self) -> None:
        """At the start: a process that died told of no departure, so ask about everybody who seems to be online."""
        people = self.hub.people.by_user
        users = await in_thread(self.hub.backend.apparently_online)
        self._waiting |= {user_id for user_id in users if user_id not in people}
        await self.flush(START_LIMIT)


def _chunks(users: Iterable[str]) -> Iterable[Sequence[str]]:
    rest = iter(users)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
