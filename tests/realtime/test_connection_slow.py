"""Clients that do not keep up (websocket.md §5)."""

from __future__ import annotations

import asyncio

import pytest

from mattermost_site.realtime import housekeeping
from mattermost_site.realtime.connection import DROPPABLE, OUTBOX_LIMIT, SLOW_FROM, Whole
from mattermost_site.realtime.hub import TRY_LATER, Hub
from tests.realtime.hubs import Client, People, connect, event, play, tell

CHANNELS = {"talk": ["ann", "ben"]}


async def stuck_with(hub: Hub, waiting: int) -> Client:
    """A client whose socket takes nothing, with so many frames waiting."""
    ann = await connect(hub, "ann", stuck=True)
    await asyncio.sleep(0)
    assert not ann.connection.outbox  # the first frame is with the socket
    await tell(hub, *(event("posted", channel_id="talk") for _ in range(waiting)))
    return ann


@pytest.mark.parametrize("name", sorted(DROPPABLE))
def test_what_is_worth_little_is_dropped_when_half_the_queue_waits(name: str) -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await stuck_with(hub, SLOW_FROM)
        await tell(hub, event(name, user_id="ann"))
        assert len(ann.connection.outbox) == SLOW_FROM

    play(scene)


@pytest.mark.parametrize(("name", "waiting"), [("typing", SLOW_FROM - 1), ("posted", SLOW_FROM)])
def test_all_else_is_queued(name: str, waiting: int) -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await stuck_with(hub, waiting)
        await tell(hub, event(name, user_id="ann"))
        assert len(ann.connection.outbox) == waiting + 1

    play(scene)


def test_a_full_queue_closes_the_socket() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await stuck_with(hub, OUTBOX_LIMIT)
        assert ann.socket.closed is None
        await tell(hub, event("posted", channel_id="talk"))
        assert ann.socket.closed == TRY_LATER
        assert ann.connection.id not in hub.people.connections

    play(scene)


def test_a_slow_client_does_not_hold_up_others() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ben = await connect(hub, "ben")
        await stuck_with(hub, 3)
        assert ben.names == ["posted"] * 3

    play(scene)


def test_a_frame_that_takes_too_long_closes_the_socket_and_keeps_the_state() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await stuck_with(hub, 1)
        ann.connection.writing_since -= housekeeping.WRITE_LIMIT + 1
        housekeeping.close_stuck(hub)
        assert ann.socket.closed is not None
        assert ann.connection.id in hub.people.connections

    play(scene)


def test_an_idle_socket_is_not_taken_for_stuck() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann")
        await tell(hub, event("posted", channel_id="talk"))
        housekeeping.close_stuck(hub)
        assert ann.socket.closed is None and ann.connection.writing_since == 0

    play(scene)


def test_replies_keep_their_place_and_take_no_number() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann")
        ann.connection.push(Whole('{"status":"OK","seq_reply":5}'))
        await tell(hub, event("posted", channel_id="talk"))
        assert [frame.get("seq", "reply") for frame in ann.socket.frames] == [0, "reply", 1]

    play(scene)
