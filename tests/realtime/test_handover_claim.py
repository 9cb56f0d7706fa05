"""Coming back to another process than the one that was left (websocket.md §4)."""

from __future__ import annotations

import redis

from mattermost_site.realtime import redis_sender
from mattermost_site.realtime.events import Event
from mattermost_site.realtime.wire import Parcel
from tests.realtime.hubs import Client, People, Socket, connect, event, identity, play, settle, until
from tests.realtime.nodes import Node, node, publish

CHANNELS = {"talk": ["ann", "ben"]}


def talk(name: str) -> Event:
    return event(name, channel_id="talk")


async def back(at: Node, client: Client, wanted: int, user_id: str = "ann") -> Client | None:
    """The client opens a socket at this process, with its old connection id."""
    socket = Socket()
    connection = await at.hub.resume(identity(user_id), client.connection.id, wanted, socket.send, socket.close)
    return Client(at.hub, connection, socket) if connection else None


async def left(at: Node, *names: str) -> Client:
    """ann's client, which heard ``names`` at this process, lost its socket, and is noted as waiting there."""
    ann = await connect(at.hub, "ann")
    for name in names:
        await publish(talk(name))
    await until(lambda: len(ann.names) == len(names))
    ann.drop()
    await settle(at.hub)
    return ann


async def heard(client: Client | None, *expected: tuple[str, int]) -> None:
    assert client is not None
    await until(lambda: len(client.socket.frames) >= len(expected))
    assert [(frame["event"], frame["seq"]) for frame in client.socket.frames] == list(expected)


def test_another_process_goes_on_where_the_first_one_stopped(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await left(one, "one")
            await publish(talk("two"))
            again = await back(two, ann, 2)
            await publish(talk("three"))
            await heard(again, ("two", 2), ("three", 3))

    play(scene)


def test_it_sends_written_events_again(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await left(one, "one", "two")
            await heard(await back(two, ann, 1), ("one", 1), ("two", 2))

    play(scene)


def test_nothing_is_lost_or_doubled_while_the_connection_moves(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await left(one, "start")
            receive = one.hub.receive

            def also_speak(entries: list[object]) -> int:
                # Right before and right after the question comes by, events do.
                if not isinstance(entries[0], Parcel) and getattr(entries[0], "kind", "") == "claim":
                    one.hub.background(publish(talk("after")))
                return receive(entries)  # type: ignore[arg-type]

            one.hub.receive = also_speak  # type: ignore[assignment,method-assign]
            await publish(talk("before"))
            again = await back(two, ann, 2)
            await heard(again, ("before", 2), ("after", 3))

    play(scene)


def test_the_process_that_was_left_forgets_the_connection(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await left(one)
            await back(two, ann, 1)
            assert not one.hub.people.connections

    play(scene)


def test_it_can_move_back_again(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await left(one, "one")
            second = await back(two, ann, 2)
            assert second is not None
            await settle(two.hub)
            second.drop()
            await settle(two.hub)
            await publish(talk("two"))
            await heard(await back(one, ann, 2), ("two", 2))

    play(scene)


def test_a_gap_shows_there_too(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await left(one, "one")
            await publish(talk("two"))
            again = await back(two, ann, 70)
            await heard(again, ("hello", 0), ("two", 1))
            assert again is not None and again.connection.id != ann.connection.id

    play(scene)


def test_somebody_elses_connection_is_not_given_away(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await left(one, "one")
            assert await back(two, ann, 2, "ben") is None
            assert ann.connection.id in one.hub.people.connections
            assert not two.hub.people.connections

    play(scene)


def test_a_connection_that_is_open_is_not_given_away(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await left(one)
            await back(one, ann, 1)
            assert await back(two, ann, 1) is None

    play(scene)


def test_an_unknown_id_is_answered_without_asking_anybody(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await connect(one.hub, "ann")
            length = stream_redis.xlen(redis_sender.stream_key())
            assert await back(two, ann, 1) is None
            assert stream_redis.xlen(redis_sender.stream_key()) == length

    play(scene)


async def ended(one: Node) -> Client:
    """ann's client at a process that said good-bye after one event."""
    ann = await connect(one.hub, "ann")
    await publish(talk("one"))
    await until(lambda: ann.names == ["one"])
    await one.hub.drain()
    await one.stop()
    return ann


def test_a_process_that_ended_left_its_connections_behind(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await ended(one)
            await publish(talk("two"), event("elsewhere", channel_id="other"), talk("three"))
            again = await back(two, ann, 2)
            await publish(talk("four"))
            await heard(again, ("two", 2), ("three", 3), ("four", 4))

    play(scene)


def test_what_it_left_behind_is_for_the_same_user(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await ended(one)
            assert await back(two, ann, 2, "ben") is None

    play(scene)


def test_what_it_left_behind_is_of_no_use_when_events_since_are_gone(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann = await ended(one)
            await publish(talk("two"), talk("three"))
            stream_redis.xtrim(redis_sender.stream_key(), maxlen=1, approximate=False)
            assert await back(two, ann, 2) is None
            assert not two.hub.people.connections

    play(scene)
