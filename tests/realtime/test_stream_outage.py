"""Redis away, or hanging: requests go on, and sockets are reset when it is back."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from mattermost_site import caches
from mattermost_site.realtime import redis_sender
from mattermost_site.realtime.orders import RESTART
from tests.processes import HOST, answers, folder, free_port, process, program
from tests.realtime.conftest import using_redis
from tests.realtime.hubs import Client, People, connect, event, play, until
from tests.realtime.nodes import Node, node, publish

CHANNELS = {"talk": ["ann"]}
TALK = event("posted", channel_id="talk")


class Switch:
    """A Redis that can be stopped, started and frozen; it keeps nothing."""

    def __init__(self, place: Path) -> None:
        self.place, self.port = place, free_port()
        self._running: object = None

    def start(self) -> None:
        command = [program("redis-server"), "--bind", HOST, "--port", str(self.port), "--save", ""]
        with redis.Redis(HOST, self.port) as client:
            ready = answers(client.ping, redis.RedisError)
            self._block = process(command, cwd=self.place, log=self.place / "log", ready=ready)
            self._process = self._block.__enter__()

    def stop(self) -> None:
        self._block.__exit__(None, None, None)

    def freeze(self) -> None:
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self._process.pid, signal.SIGCONT)


@pytest.fixture
def switch(one_process: None) -> Iterator[Switch]:
    """Realtime goes through a Redis that the test can switch off and must leave on."""
    with folder("redis") as place:
        switch = Switch(place)
        switch.start()
        with using_redis(f"{HOST}:{switch.port}"):
            yield switch
        switch.stop()


async def seconds_to_publish() -> float:
    start = time.monotonic()
    await publish(TALK)
    return time.monotonic() - start


async def reset(client: Client) -> None:
    await until(lambda: client.socket.closed, 10)
    assert client.socket.closed == RESTART


async def noticed(one: Node) -> None:
    await until(lambda: not one.reader.attached.is_set())


def test_a_stopped_redis_neither_fails_nor_delays_publishing(switch: Switch) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            switch.stop()
            await noticed(one)
            assert await seconds_to_publish() < 0.4
            switch.start()

    play(scene)


def test_a_hanging_redis_delays_only_the_first_request(switch: Switch) -> None:
    async def scene() -> None:
        await publish(TALK)
        switch.freeze()
        try:
            assert await seconds_to_publish() < 0.6
            assert await seconds_to_publish() < 0.05
        finally:
            switch.thaw()

    play(scene)


def test_lost_events_reset_the_sockets_of_every_process(switch: Switch) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one, node(People(CHANNELS)) as two:
            clients = [await connect(one.hub, "ann"), await connect(two.hub, "ann")]
            switch.freeze()
            await publish(TALK)
            assert redis_sender.lost() == 1
            switch.thaw()
            for client in clients:
                await reset(client)
            await until(lambda: redis_sender.lost() == 0)

    play(scene)


def test_the_next_request_makes_losses_good_if_nobody_did(switch: Switch) -> None:
    async def scene() -> None:
        redis_sender._lose(3)
        await publish(TALK)
        with redis.Redis(HOST, switch.port) as client:
            entries = client.xrange(redis_sender.stream_key())
        assert isinstance(entries, list)
        assert ([entry[1].get(b"k") for entry in entries], redis_sender.lost()) == ([b"reset", None], 0)

    play(scene)


def test_lost_typing_is_no_loss(switch: Switch) -> None:
    async def scene() -> None:
        switch.freeze()
        try:
            await publish(event("typing", channel_id="talk"))
        finally:
            switch.thaw()
        assert redis_sender.lost() == 0

    play(scene)


def test_events_flow_again_after_a_restart(switch: Switch) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            switch.stop()
            await noticed(one)
            switch.start()
            await until(one.reader.attached.is_set)
            ann = await connect(one.hub, "ann")
            await publish(TALK)
            await until(lambda: ann.names == ["posted"])

    play(scene)


def test_a_server_comes_up_without_redis_and_finds_it_later(switch: Switch) -> None:
    async def scene() -> None:
        switch.stop()
        one = Node(People(CHANNELS))
        with pytest.raises(TimeoutError):
            await one.listen(limit=0.5)
        early = await connect(one.hub, "ann")
        switch.start()
        await until(one.reader.attached.is_set)
        await reset(early)  # what happened since it was opened is not known
        await one.stop()

    play(scene)


def test_no_cache_is_believed_while_redis_is_away(switch: Switch) -> None:
    async def scene() -> None:
        async with node(People(CHANNELS)) as one:
            assert caches.is_believed()
            switch.stop()
            await noticed(one)
            assert not caches.is_believed()
            switch.start()
            await until(caches.is_believed)

    play(scene)
