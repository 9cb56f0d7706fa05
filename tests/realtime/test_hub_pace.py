"""Entries that are there all at once do not make quick clients slow ones."""

from __future__ import annotations

import asyncio

import pytest
import redis

from mattermost_site.realtime import publish, redis_reader
from mattermost_site.realtime.connection import OUTBOX_LIMIT
from mattermost_site.realtime.runtime import Running
from mattermost_site.realtime.wire import Control
from tests.realtime import nodes
from tests.realtime.hubs import People, connect, event, play, until

MANY = 3 * OUTBOX_LIMIT
TALK = [event("posted", channel_id="talk") for _ in range(MANY)]


@pytest.mark.django_db(transaction=True)
def test_a_burst_in_one_process_reaches_a_quick_client_whole() -> None:
    async def scene() -> None:
        running = Running(People({"talk": ["ann"]}))
        await running.ready
        ann = await connect(running.hub, "ann")
        await asyncio.to_thread(publish, *TALK)
        await until(lambda: len(ann.names) == MANY)
        await running.stop()

    play(scene)


def test_a_burst_from_the_stream_does_so_too(stream_redis: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_reader, "BATCH", MANY + 1)

    async def scene() -> None:
        async with nodes.node(People({"talk": ["ann"]})) as one:
            ann = await connect(one.hub, "ann")
            await one.pause()
            await nodes.publish(*TALK)
            await one.listen()
            await until(lambda: len(ann.names) == MANY)

    play(scene)


def test_an_entry_that_fails_does_not_stop_those_that_follow() -> None:
    async def scene() -> None:
        running = Running(People({"talk": ["ann"]}))
        await running.ready
        ann = await connect(running.hub, "ann")
        await nodes.publish(Control("joined", {"no": "user"}), event("posted", channel_id="talk"))
        await until(lambda: ann.names == ["posted"])
        await running.stop()

    play(scene)
