"""Who is offline: nobody with a socket in any process (websocket.md §1)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import redis

from mattermost_site.realtime import departures, housekeeping
from mattermost_site.realtime.departures import EARLY_AT
from mattermost_site.realtime.hub import Hub
from tests.realtime.hubs import People, connect, play, resume, settle, until
from tests.realtime.nodes import node


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The waits of a few hundred milliseconds are shorter."""
    monkeypatch.setattr(departures, "COLLECT", 0.05)
    monkeypatch.setattr(departures, "ANSWER_LIMIT", 0.2)
    yield


def test_connecting_makes_a_user_online() -> None:
    async def scene() -> None:
        people = People()
        await connect(Hub(people), "ann")
        assert people.online == ["ann"]

    play(scene)


def test_the_last_socket_to_close_makes_a_user_offline() -> None:
    async def scene() -> None:
        people = People()
        hub = Hub(people)
        first, second = await connect(hub, "ann", "a"), await connect(hub, "ann", "b")
        first.drop()
        await settle(hub, but_departures=False)
        assert people.offline == []
        second.drop()
        await settle(hub, but_departures=False)
        assert people.offline == ["ann"]

    play(scene)


def test_who_comes_back_soon_was_never_away() -> None:
    async def scene() -> None:
        people = People()
        hub = Hub(people)
        ann = await connect(hub, "ann")
        ann.drop()
        await resume(hub, ann, 1)
        await settle(hub, but_departures=False)
        assert people.offline == []

    play(scene)


def test_many_departures_are_told_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(departures, "COLLECT", 60)

    async def scene() -> None:
        people = People()
        hub = Hub(people)
        for number in range(EARLY_AT):
            (await connect(hub, f"user {number}")).drop()
        async with asyncio.timeout(5):
            await settle(hub, but_departures=False)
        assert len(people.offline) == EARLY_AT

    play(scene)


def test_a_connection_that_is_ended_is_a_departure_too() -> None:
    async def scene() -> None:
        people = People()
        hub = Hub(people)
        hub.drop((await connect(hub, "ann")).connection, 1000)
        await settle(hub, but_departures=False)
        assert people.offline == ["ann"]

    play(scene)


def test_another_process_with_a_socket_objects(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People()) as one, node(People()) as two:
            ann, ben = await connect(one.hub, "ann"), await connect(one.hub, "ben")
            await connect(two.hub, "ann")
            ann.drop()
            ben.drop()
            await until(lambda: one.people.offline)
            assert one.people.offline == ["ben"]

    play(scene)


def test_a_connection_without_a_socket_is_no_objection(stream_redis: redis.Redis) -> None:
    async def scene() -> None:
        async with node(People()) as one, node(People()) as two:
            ann, elsewhere = await connect(one.hub, "ann"), await connect(two.hub, "ann")
            elsewhere.drop()
            ann.drop()
            await until(lambda: one.people.offline)
            assert one.people.offline == ["ann"]

    play(scene)


def test_a_new_process_notices_whom_a_dead_one_left_online(
    stream_redis: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(departures, "START_LIMIT", 0.2)

    async def scene() -> None:
        async with node(People()) as one, node(People()) as two:
            await connect(one.hub, "ann")
            await connect(two.hub, "ben")
            two.people.apparently_online = lambda: ["ann", "ben", "cat"]  # type: ignore[method-assign]
            await two.hub.departures.recover()
            assert two.people.offline == ["cat"]

    play(scene)


def test_people_with_sockets_are_looked_at_for_idleness() -> None:
    async def scene() -> None:
        people = People()
        hub = Hub(people)
        await connect(hub, "ann")
        (await connect(hub, "ben")).drop()
        await housekeeping.look_for_idle(hub)
        assert people.idle == ["ann"]

    play(scene)


def test_a_process_that_ends_says_goodbye_and_leaves_nobody_online() -> None:
    async def scene() -> None:
        people = People()
        hub = Hub(people)
        ann = await connect(hub, "ann")
        await hub.drain()
        assert (ann.socket.closed, people.offline) == (1001, ["ann"])

    play(scene)
