"""Going on with a connection that another process keeps (websocket.md §4).

A process notes in Redis which connections wait at it for their clients. Another one to
which the client comes back asks for the state through the stream: what precedes the
question is in the answer, what follows it the asker hears itself, so nothing is missing
and nothing comes twice. A process that ends leaves states behind with their place in the
stream, from which on whoever takes one over catches up.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson
import redis

from mattermost_site import clock, config
from mattermost_site.ids import new_id
from mattermost_site.realtime import control, routing, stream
from mattermost_site.realtime.backend import Identity
from mattermost_site.realtime.connection import RING_SIZE, Connection
from mattermost_site.realtime.people import Person
from mattermost_site.realtime.redis_reader import RedisReader, client
from mattermost_site.realtime.redis_sender import stream_key
from mattermost_site.realtime.threads import in_thread
from mattermost_site.realtime.wire import Control, Parcel, from_fields, target_of

if TYPE_CHECKING:
    from mattermost_site.realtime.hub import Hub

KEPT = 600  # seconds that a note or a state stays in Redis
ANSWER_LIMIT = 2.0  # seconds
RING_LEFT = 32  # written events that a process leaves behind of each connection, when it ends
MOST_MISSED = 2000  # entries of the stream that are caught up with
CHUNK = 100  # states stored at a time

logger = logging.getLogger(__name__)


def _key(kind: str, name: str) -> str:
    return f"{config.current().cache.redis_cache_prefix}mm:{kind}:{name}"


@dataclass(frozen=True, slots=True)
class _Claim:
    """A connection that this process asked for, entered when the question comes by in the stream."""

    connection: Connection
    is_entered: asyncio.Event = field(default_factory=asyncio.Event)


class Handover:
    """This process's part in passing connections on."""

    def __init__(self, hub: Hub, reader: RedisReader) -> None:
        self.hub = hub
        self.reader = reader
        self.redis: Any = client()
        self._claims: dict[str, _Claim] = {}

    async def close(self) -> None:
        """Let go of Redis."""
        await self.redis.aclose()

    def waits(self, connection: Connection) -> None:
        """A connection lost its socket: note that it waits here."""
        key = _key("waits", connection.id)
        self._note(lambda: self.redis.set(key, self.hub.id, ex=KEPT))

    def ended(self, connection: Connection) -> None:
        """A connection does not wait here any more."""
        key = _key("waits", connection.id)
        self._note(lambda: self.redis.delete(key))

    def _note(self, command: Callable[[], Awaitable[Any]]) -> None:
        async def run() -> None:
            try:
                async with asyncio.timeout(ANSWER_LIMIT):
                    await command()
            except (redis.RedisError, TimeoutError) as error:
                logger.info("a waiting connection could not be noted: %s", error)

        self.hub.background(run())

    async def claim(self, identity: Identity, connection_id: str, wanted: int) -> Connection | None:
        """The connection of this id from wherever it waits, entered here but not open; None when nobody has it."""
        try:
            async with asyncio.timeout(ANSWER_LIMIT):
                if left := await self.redis.getdel(_key("left", connection_id)):
                    return await self._revive(identity, connection_id, orjson.loads(left))
                owner = await self.redis.get(_key("waits", connection_id))
            if owner is None or owner.decode() == self.hub.id:
                return None
            return await self._ask(identity, connection_id, wanted, owner.decode())
        except (redis.RedisError, TimeoutError) as error:
            logger.info("a connection could not be taken over: %s", error)
            return None

    async def _ask(self, identity: Identity, connection_id: str, wanted: int, owner: str) -> Connection | None:
        connection = Connection(identity, id=connection_id)
        name, claim = new_id(), _Claim(connection)
        self._claims[name] = claim
        order = {"by": self.hub.id, "of": owner, "claim": name, "connection": connection_id, "wanted": wanted}
        try:
            await in_thread(stream.send, Control(control.CLAIM, {**order, "user": identity.user_id}))
            async with asyncio.timeout(ANSWER_LIMIT):
                _, answer = await self.redis.blpop([_key("claim", name)], timeout=0)
                await claim.is_entered.wait()
        except (redis.RedisError, TimeoutError):
            self.hub.forget(connection)
            raise
        finally:
            del self._claims[name]
        state = orjson.loads(answer)
        if not state:
            self.hub.forget(connection)
            return None
        _restore(connection, state)
        return connection

    def asked(self, order: Control) -> None:
        """Somebody claims a connection.

        The claimant hears for it from this place of the stream on; whoever keeps it gives it away.
        """
        data = order.data
        if claim := self._claims.get(data["claim"]):
            self.hub.enter(claim.connection)
            claim.is_entered.set()
        if data["of"] != self.hub.id:
            return
        connection = self.hub.people.connections.get(data["connection"])
        state: dict[str, Any] = {}
        if connection and not connection.active and connection.identity.user_id == data["user"]:
            state = _state(connection, since=data["wanted"])
            self.hub.forget(connection)
        self._note(lambda: self._answer(data["claim"], orjson.dumps(state)))

    async def _answer(self, claim: str, state: bytes) -> None:
        async with self.redis.pipeline() as pipe:
            await pipe.rpush(_key("claim", claim), state).expire(_key("claim", claim), KEPT).execute()

    async def leave_behind(self, connections: Collection[Connection]) -> None:
        """Store the states of connections that write no more, because this process ends."""
        place = (self.reader.place or b"").decode()
        states = [
            (connection.id, orjson.dumps({**_state(connection, most=RING_LEFT), "place": place}))
            for connection in connections
        ]
        rest = iter(states)
        try:
            async with asyncio.timeout(ANSWER_LIMIT):
                while chunk := list(islice(rest, CHUNK)):
                    async with self.redis.pipeline(transaction=False) as pipe:
                        for connection_id, state in chunk:
                            pipe.set(_key("left", connection_id), state, ex=KEPT)
                        await pipe.execute()
        except (redis.RedisError, TimeoutError) as error:
            logger.warning("connections could not be left to other processes: %s", error)

    async def _revive(self, identity: Identity, connection_id: str, state: dict[str, Any]) -> Connection | None:
        """A connection of a process that has ended, with what came in since; None when that cannot be told any more."""
        place = state["place"].encode()
        if state["user"] != identity.user_id or not place or self.reader.place is None:
            return None
        memberships = await in_thread(self.hub.backend.memberships, identity.user_id)
        connection = Connection(identity, id=connection_id)
        self.hub.enter(connection)
        missed = await self._missed(place, self.reader.place)
        if missed is None:
            self.hub.forget(connection)
            return None
        person = Person(
            identity.user_id,
            is_admin=identity.is_admin,
            is_guest=identity.is_guest,
            connections=[connection],
            channel_ids=set(memberships.channel_ids),
            team_ids=set(memberships.team_ids),
        )
        for parcel in missed:
            state["outbox"] += [frame for _, frame in routing.for_person(person, parcel, clock.now())]
        _restore(connection, state)
        return connection

    async def _missed(self, after: bytes, until: bytes) -> list[Parcel] | None:
        """The events between two places of the stream; None when there are too many, or some are gone."""
        whole = await self.redis.xrange(stream_key(), min=after, max=after)
        entries = await self.redis.xrange(stream_key(), min=b"(" + after, max=until, count=MOST_MISSED)
        if not whole or len(entries) == MOST_MISSED:
            return None
        events = (from_fields(fields) for _, fields in entries if b"k" not in fields and any(target_of(fields)))
        return [event for event in events if isinstance(event, Parcel)]


def _state(connection: Connection, *, since: int = 0, most: int = RING_SIZE) -> dict[str, Any]:
    """What another process needs to go on with a connection whose writer rests.

    Of the written events at most the last ``most``, from number ``since`` on, but always
    the last one: it tells whether there is a gap.
    """
    ring = list(connection.ring)
    wanted = [(number, frame) for number, frame in ring if number >= since]
    return {
        "user": connection.identity.user_id,
        "next": connection.next_seq,
        "ring": wanted[-most:] or ring[-1:],
        "outbox": [*connection.replay, *connection.events_waiting()],
    }


def _restore(connection: Connection, state: dict[str, Any]) -> None:
    connection.next_seq = state["next"]
    connection.ring.extend((number, frame) for number, frame in state["ring"])
    connection.outbox = deque([*state["outbox"], *connection.outbox])
