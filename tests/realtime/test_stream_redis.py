"""Events between processes, through a real Redis, with interruptions."""

from __future__ import annotations

import pytest
import redis

from mattermost_site.realtime import control, redis_reader, redis_sender
from mattermost_site.realtime.events import Event
from mattermost_site.realtime.orders import RESTART
from mattermost_site.realtime.wire import Control
from tests.realtime.hubs import Client, People, connect, event, play, resume, until
from tests.realtime.nodes import Node, node, publish

CHANNELS = {"talk": ["ann", "ben"], "other": ["cat"]}


def talk(name: str) -> Event:
    return event(name, channel_id="talk")


async def heard(client: Client, *names: str) -> None:
    """Wait until the client has heard exactly these."""
    await until(lambda: len(client.names) >= len(names))
    assert client.names == list(names)


def cut_connections(client: redis.Redis) -> None:
    client.client_kill_filter(_type="normal", skipme=True)


def test_an_event_reaches_the_sockets_of_every_process(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            ann, ben, cat = await connect(one.hub, "ann"), await connect(two.hub, "ben"), await connect(two.hub, "cat")
            await publish(talk("first"), event("second", channel_id="other"), talk("third"))
            await heard(ann, "first", "third")
            await heard(ben, "first", "third")
            await heard(cat, "second")

    play(scene)


def test_joining_keeps_its_place_among_the_events(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People()) as one:
            ann = await connect(one.hub, "ann")
            joined = Control(control.JOINED, {"user": "ann", "channel": "talk", "team": ""})
            await publish(talk("before"), joined, talk("after"), event("end", user_id="ann"))
            await heard(ann, "after", "end")

    play(scene)


def test_a_new_process_hears_only_what_is_new(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        await publish(talk("old"))
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            await publish(talk("new"))
            await heard(ann, "new")

    play(scene)


def test_an_interrupted_process_catches_up(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            await one.pause()
            await publish(talk("one"), talk("two"))
            await one.listen()
            await heard(ann, "one", "two")
            assert ann.socket.closed is None

    play(scene)


def test_a_cut_connection_loses_nothing(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            cut_connections(stream_redis)
            await publish(talk("one"))
            await heard(ann, "one")
            assert (ann.socket.closed, redis_sender.lost()) == (None, 0)

    play(scene)


async def closed_for_good(one: Node, client: Client) -> None:
    await until(lambda: client.socket.closed)
    assert client.socket.closed == RESTART
    assert await resume(one.hub, client, 1) is None


def test_a_process_whose_place_was_trimmed_resets_its_sockets(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            await publish(talk("one"))
            await heard(ann, "one")
            await one.pause()
            await publish(talk("two"), talk("three"))
            stream_redis.xtrim(redis_sender.stream_key(), maxlen=1, approximate=False)
            await one.listen()
            await closed_for_good(one, ann)

    play(scene)


def test_sockets_opened_after_a_reset_hear_events(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            await publish(Control(control.RESET, {}))
            await until(lambda: ann.socket.closed)
            again = await connect(one.hub, "ann")
            await publish(talk("one"))
            await heard(again, "one")

    play(scene)


def test_a_redis_that_forgot_everything_resets_sockets(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            await publish(talk("one"))
            await heard(ann, "one")
            stream_redis.flushall()
            cut_connections(stream_redis)
            await closed_for_good(one, ann)

    play(scene)


def test_a_process_that_lags_behind_the_trimming_resets_sockets(
    stream_redis: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_reader, "BATCH", 2)

    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            await publish(talk("zero"))
            await heard(ann, "zero")
            await one.pause()
            await publish(talk("one"), talk("two"), talk("three"))
            look, looks = one.reader._is_whole, 0

            async def trim_at_the_second_look(client: object) -> bool:
                nonlocal looks
                looks += 1
                if looks > 1:  # the first is at the start; this one, after a full batch
                    stream_redis.xtrim(redis_sender.stream_key(), maxlen=0, approximate=False)
                return await look(client)

            monkeypatch.setattr(one.reader, "_is_whole", trim_at_the_second_look)
            await one.listen()
            await until(lambda: ann.socket.closed)
            assert looks == 2

    play(scene)


def test_a_long_interruption_resets_sockets(stream_redis: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_reader, "CATCH_UP_LIMIT", 0.0)

    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            cut_connections(stream_redis)
            await closed_for_good(one, ann)

    play(scene)


def test_an_event_for_nobody_here_is_not_even_parsed(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            fields = {b"n": b"broken", b"h": b"", b"t": b"", b"c": b"other", b"a": b"no json"}
            stream_redis.xadd(redis_sender.stream_key(), fields)  # type: ignore[arg-type]
            await publish(talk("one"))
            await heard(ann, "one")

    play(scene)


def test_an_entry_that_cannot_be_read_does_not_stop_the_stream(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            ann = await connect(one.hub, "ann")
            stream_redis.xadd(redis_sender.stream_key(), {b"c": b"talk", b"a": b"no json"})
            await publish(talk("one"))
            await heard(ann, "one")

    play(scene)
