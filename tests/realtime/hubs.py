"""A hub without database or network, and sockets that keep what is written to them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from mattermost_site.realtime.backend import Identity, Memberships
from mattermost_site.realtime.connection import Connection
from mattermost_site.realtime.events import Audience, Event
from mattermost_site.realtime.hub import Hub
from mattermost_site.realtime.wire import Entry, parcel_of

ADMINS, GUESTS = {"admin"}, {"guest"}


class People:
    """A backend: who is where is said by the test."""

    def __init__(self, channels: dict[str, list[str]] | None = None, teams: dict[str, list[str]] | None = None) -> None:
        self.channels = channels or {}
        self.teams = teams or {}
        self.ended: set[str] = set()
        self.online: list[str] = []
        self.offline: list[str] = []
        self.idle: list[str] = []
        self.gate: Callable[[], object] | None = None

    def identify(self, token: str) -> Identity | None:
        return None if token in self.ended or token.startswith("bad") else identity(token.partition("/")[0], token)

    def identify_again(self, credential: str) -> Identity | None:
        return self.identify(credential)

    def memberships(self, user_id: str) -> Memberships:
        if self.gate:
            self.gate()
        return Memberships(
            [name for name, members in self.channels.items() if user_id in members],
            [name for name, members in self.teams.items() if user_id in members],
        )

    def came_online(self, user_id: str) -> None:
        self.online.append(user_id)

    def went_offline(self, user_ids: Sequence[str], closed_at: int) -> None:
        self.offline += user_ids

    def look_for_idle(self, user_ids: Sequence[str]) -> None:
        self.idle += user_ids

    def apparently_online(self) -> list[str]:
        return []


def identity(user_id: str, credential: str = "", **fields: Any) -> Identity:
    """Who holds ``credential``; "admin" is a system admin and "guest" a guest."""
    fields = {"is_admin": user_id in ADMINS, "is_guest": user_id in GUESTS, "server_version": "11.2", **fields}
    return Identity(user_id, session_id=f"session-{credential}", credential=credential or user_id, **fields)


class Socket:
    """A client's end: what was written, as objects; ``stuck`` sockets take nothing."""

    def __init__(self, *, stuck: bool = False) -> None:
        self.frames: list[dict[str, Any]] = []
        self.closed: int | None = None
        self.stuck = stuck

    async def send(self, text: str) -> None:
        if self.stuck:
            await asyncio.Event().wait()
        self.frames.append(json.loads(text))

    def close(self, code: int) -> None:
        self.closed = code

    @property
    def names(self) -> list[str]:
        """The events in order, without ``hello``."""
        return [frame["event"] for frame in self.frames if frame.get("event") not in (None, "hello")]

    @property
    def numbers(self) -> list[int]:
        """Their numbers and that of ``hello``."""
        return [frame["seq"] for frame in self.frames if "seq" in frame]


class Client:
    """A socket with its connection."""

    def __init__(self, hub: Hub, connection: Connection, socket: Socket) -> None:
        self.hub, self.connection, self.socket = hub, connection, socket

    def drop(self) -> None:
        """The network takes the socket away."""
        self.hub.disconnected(self.connection, self.socket.close)

    @property
    def names(self) -> list[str]:
        return self.socket.names


async def connect(hub: Hub, user_id: str, credential: str = "", *, stuck: bool = False, **options: Any) -> Client:
    """A client of this user whose memberships are loaded."""
    socket = Socket(stuck=stuck)
    connection = hub.connect(identity(user_id, credential or user_id), socket.send, socket.close, **options)
    await settle(hub)
    return Client(hub, connection, socket)


async def resume(hub: Hub, client: Client, wanted: int, user_id: str = "") -> Client | None:
    """The client comes back with its connection id; None when it gets a new connection."""
    socket = Socket()
    name = user_id or client.connection.identity.user_id
    connection = await hub.resume(identity(name), client.connection.id, wanted, socket.send, socket.close)
    await settle(hub)
    return Client(hub, connection, socket) if connection else None


async def settle(hub: Hub, *, but_departures: bool = True) -> None:
    """Wait until nothing more happens: loads are over, writers rest."""
    for _ in range(5):
        waiting = [task for task in hub.tasks if not (but_departures and "_collect" in repr(task.get_coro()))]
        if waiting:
            await asyncio.gather(*waiting)
        await asyncio.sleep(0)


async def tell(hub: Hub, *entries: Entry | Event) -> None:
    """Entries come out of the stream."""
    hub.receive([parcel_of(entry) if isinstance(entry, Event) else entry for entry in entries])
    await settle(hub)


def event(name: str = "posted", data: dict[str, Any] | None = None, /, **audience: Any) -> Event:
    """An event to an audience."""
    return Event(name, {} if data is None else data, Audience(**audience))


def play(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a scene in an event loop of its own."""
    asyncio.run(scene())


async def until(condition: Callable[[], object], limit: float = 5.0) -> None:
    """Wait for what is about to happen; AssertionError when it does not."""
    try:
        async with asyncio.timeout(limit):
            while not condition():
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError("it did not happen") from None
