"""Coming back with connection id and number (websocket.md §3 and §4)."""

from __future__ import annotations

from mattermost_site import clock
from mattermost_site.realtime import housekeeping
from mattermost_site.realtime.connection import OUTBOX_LIMIT, RING_SIZE
from mattermost_site.realtime.hub import Hub
from tests.realtime.hubs import Client, People, Socket, connect, event, identity, play, resume, tell

CHANNELS = {"talk": ["ann", "ben"]}


async def say(hub: Hub, *names: str) -> None:
    await tell(hub, *(event(name, channel_id="talk") for name in names))


async def dropped(hub: Hub, *names: str) -> Client:
    """ann's client, which heard ``names`` and lost its socket."""
    ann = await connect(hub, "ann")
    await say(hub, *names)
    ann.drop()
    return ann


async def back(hub: Hub, client: Client, wanted: int, user_id: str = "") -> Client:
    found = await resume(hub, client, wanted, user_id)
    assert found is not None
    return found


def test_events_are_numbered_from_hello_on() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann")
        await say(hub, "one", "two")
        assert [(frame["event"], frame["seq"]) for frame in ann.socket.frames] == [("hello", 0), ("one", 1), ("two", 2)]

    play(scene)


def test_hello_names_the_connection_and_the_version() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann")
        hello = ann.socket.frames[0]
        assert (hello["data"]["connection_id"], hello["data"]["server_version"], hello["broadcast"]["user_id"]) == (
            ann.connection.id,
            "11.2",
            "ann",
        )

    play(scene)


def test_the_next_number_brings_what_was_missed_and_no_hello() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub, "one")
        await say(hub, "two", "three")
        again = await back(hub, ann, 2)
        await say(hub, "four")
        assert [(frame["event"], frame["seq"]) for frame in again.socket.frames] == [
            ("two", 2),
            ("three", 3),
            ("four", 4),
        ]

    play(scene)


def test_an_earlier_number_brings_written_events_again_first() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub, "one", "two")
        await say(hub, "three")
        again = await back(hub, ann, 1)
        assert [(frame["event"], frame["seq"]) for frame in again.socket.frames] == [
            ("one", 1),
            ("two", 2),
            ("three", 3),
        ]

    play(scene)


def test_it_can_be_gone_on_with_after_every_drop() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub, "one")
        again = await back(hub, ann, 1)
        again.drop()
        await say(hub, "two")
        third = await back(hub, ann, 1)
        assert [(frame["event"], frame["seq"]) for frame in third.socket.frames] == [("one", 1), ("two", 2)]

    play(scene)


def test_a_gap_gives_a_new_id_a_hello_and_new_numbers() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub, "one")
        old_id = ann.connection.id
        await say(hub, "two")
        again = await back(hub, ann, 50)
        assert again.connection.id != old_id
        assert [(frame["event"], frame["seq"]) for frame in again.socket.frames] == [("hello", 0), ("two", 1)]

    play(scene)


def test_the_old_id_is_gone_after_a_gap() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub, "one")
        old_id = ann.connection.id
        again = await back(hub, ann, 50)
        again.drop()
        socket = Socket()
        assert await hub.resume(identity("ann"), old_id, 1, socket.send, socket.close) is None

    play(scene)


def test_what_fell_out_of_the_ring_is_a_gap() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann")
        for number in range(RING_SIZE):
            await say(hub, f"event {number}")
        ann.drop()
        again = await back(hub, ann, 0 + 1)
        again.drop()
        assert again.socket.numbers[0] == 1
        await say(hub, "one more")
        third = await back(hub, again, RING_SIZE + 1)
        third.drop()
        assert (await back(hub, third, 1)).socket.numbers == [0]

    play(scene)


def test_number_0_sends_nothing_again_and_counts_anew() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub, "one")
        again = await back(hub, ann, 0)
        await say(hub, "two")
        assert [(frame["event"], frame["seq"]) for frame in again.socket.frames] == [("two", 0)]

    play(scene)


def test_an_open_connection_is_not_taken_over() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann")
        assert await resume(hub, ann, 1) is None

    play(scene)


def test_somebody_elses_connection_is_not_taken_over() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub)
        assert await resume(hub, ann, 1, "ben") is None

    play(scene)


def test_the_old_sockets_end_does_not_close_the_new_one() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub)
        again = await back(hub, ann, 1)
        ann.drop()
        await say(hub, "one")
        assert again.names == ["one"]

    play(scene)


def test_what_was_announced_before_does_not_hold_after_coming_back() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann")
        ann.connection.presence.channel_id = "elsewhere"
        ann.connection.presence.thread_channel_id = ann.connection.presence.threads_view_channel_id = ""
        ann.drop()
        again = await back(hub, ann, 1)
        await say(hub, "typing")
        assert again.names == ["typing"]

    play(scene)


def test_a_waiting_connection_ends_when_too_much_comes_in() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub)
        await say(hub, *("posted" for _ in range(OUTBOX_LIMIT + 1)))
        assert await resume(hub, ann, 1) is None

    play(scene)


def test_a_waiting_connection_holds_out_until_then() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub)
        await say(hub, *("posted" for _ in range(OUTBOX_LIMIT)))
        again = await back(hub, ann, 1)
        assert again.socket.numbers == list(range(1, OUTBOX_LIMIT + 1))

    play(scene)


def test_sending_again_does_not_count_as_being_slow() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann")
        for number in range(RING_SIZE):
            await say(hub, f"event {number}")
        ann.drop()
        await say(hub, *("posted" for _ in range(OUTBOX_LIMIT)))
        again = await back(hub, ann, 1)
        assert again.socket.numbers == list(range(1, RING_SIZE + OUTBOX_LIMIT + 1))

    play(scene)


def test_a_connection_is_reaped_when_its_client_stays_away() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await dropped(hub)
        ann.connection.last_activity_at = clock.now() - housekeeping.KEPT - 1
        housekeeping.reap(hub)
        assert await resume(hub, ann, 1) is None

    play(scene)


def test_an_open_connection_is_not_reaped() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann")
        ann.connection.last_activity_at = 0
        housekeeping.reap(hub)
        await say(hub, "one")
        assert ann.names == ["one"]

    play(scene)
