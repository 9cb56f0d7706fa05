"""Memberships: read when somebody connects, then kept by orders from the stream."""

from __future__ import annotations

import asyncio
import threading

from mattermost_site.realtime import control
from mattermost_site.realtime.connection import Connection
from mattermost_site.realtime.hub import FAILED, Hub
from mattermost_site.realtime.wire import Control, Entry, parcel_of
from tests.realtime.hubs import People, Socket, connect, event, identity, play, settle, tell


def joined(user: str, channel: str = "", team: str = "") -> Control:
    return Control(control.JOINED, {"user": user, "channel": channel, "team": team})


def left(user: str, channel: str = "", team: str = "") -> Control:
    return Control(control.LEFT, {"user": user, "channel": channel, "team": team})


def heard_while_loading(people: People, *entries: Entry) -> list[str]:
    """What ann hears of entries that arrive while her memberships are being read."""
    heard: list[str] = []

    async def scene() -> None:
        hub, gate, socket = Hub(people), threading.Event(), Socket()
        people.gate = lambda: gate.wait(5)
        hub.connect(identity("ann"), socket.send, socket.close)
        hub.receive(entries)
        gate.set()
        await settle(hub)
        heard.extend(socket.names)

    play(scene)
    return heard


def talk(name: str) -> Entry:
    return parcel_of(event(name, channel_id="talk"))


def test_events_that_arrive_meanwhile_are_not_lost() -> None:
    assert heard_while_loading(People({"talk": ["ann"]}), talk("one"), talk("two")) == ["one", "two"]


def test_hello_does_not_wait_for_them() -> None:
    async def scene() -> None:
        people, gate, socket = People(), threading.Event(), Socket()
        hub = Hub(people)
        people.gate = lambda: gate.wait(5)
        connection: Connection = hub.connect(identity("ann"), socket.send, socket.close)
        while not socket.frames:
            await asyncio.sleep(0)
        assert connection.person is not None and connection.person.is_loading
        gate.set()
        await settle(hub)

    play(scene)


def test_joining_meanwhile_counts_from_its_place_on() -> None:
    entries = (talk("before"), joined("ann", "talk"), talk("after"))
    assert heard_while_loading(People(), *entries) == ["after"]


def test_joining_that_the_snapshot_has_already_is_harmless() -> None:
    assert heard_while_loading(People({"talk": ["ann"]}), joined("ann", "talk"), talk("after")) == ["after"]


def test_leaving_meanwhile_counts_from_its_place_on() -> None:
    entries = (talk("before"), left("ann", "talk"), talk("after"))
    assert heard_while_loading(People({"talk": ["ann"]}), *entries) == ["before"]


def test_leaving_that_the_snapshot_has_already_is_harmless() -> None:
    assert heard_while_loading(People(), left("ann", "talk"), talk("after")) == []


def test_orders_about_others_change_nothing() -> None:
    assert heard_while_loading(People(), joined("ben", "talk"), talk("one")) == []


def test_events_to_the_user_keep_their_place_among_the_others() -> None:
    entries = (talk("one"), parcel_of(event("two", user_id="ann")), talk("three"))
    assert heard_while_loading(People({"talk": ["ann"]}), *entries) == ["one", "two", "three"]


def test_members_hear_a_channel_between_joining_and_leaving() -> None:
    async def scene() -> None:
        hub = Hub(People())
        ann = await connect(hub, "ann")
        entries = (talk("one"), joined("ann", "talk"), talk("two"), left("ann", "talk"), talk("three"))
        await tell(hub, *entries)
        assert ann.names == ["two"]

    play(scene)


def test_leaving_a_team_does_not_leave_its_channels() -> None:
    async def scene() -> None:
        hub = Hub(People({"talk": ["ann"]}, {"crew": ["ann"]}))
        ann = await connect(hub, "ann")
        await tell(hub, left("ann", team="crew"), event("team", team_id="crew"), talk("channel"))
        assert ann.names == ["channel"]

    play(scene)


def test_a_second_socket_hears_what_its_person_hears() -> None:
    async def scene() -> None:
        people = People()
        hub = Hub(people)
        await connect(hub, "ann", "a")
        await tell(hub, joined("ann", "talk"))
        second = await connect(hub, "ann", "b")
        await tell(hub, talk("one"))
        assert second.names == ["one"]

    play(scene)


def test_a_new_admin_hears_what_is_for_admins() -> None:
    async def scene() -> None:
        hub = Hub(People())
        ann = await connect(hub, "ann")
        secret = event("secret", sensitive=True)
        await tell(hub, secret, Control(control.USER, {"user": "ann", "admin": True, "guest": False}), secret)
        assert ann.names == ["secret"]

    play(scene)


def test_a_failure_to_read_them_closes_the_socket() -> None:
    async def scene() -> None:
        people = People()

        def fail() -> None:
            raise OSError("the database is away")

        people.gate = fail
        hub = Hub(people)
        ann = await connect(hub, "ann")
        assert ann.socket.closed == FAILED

    play(scene)


def test_nothing_is_kept_of_people_who_are_gone() -> None:
    async def scene() -> None:
        hub = Hub(People({"talk": ["ann"]}, {"crew": ["ann"]}))
        ann = await connect(hub, "ann")
        hub.drop(ann.connection, 1000)
        people = hub.people
        assert not (people.by_user or people.by_channel or people.by_team or people.connections)

    play(scene)


def test_orders_of_a_newer_version_are_left_alone() -> None:
    async def scene() -> None:
        hub = Hub(People({"talk": ["ann"]}))
        ann = await connect(hub, "ann")
        await tell(hub, Control("to be invented", {}), talk("one"))
        assert ann.names == ["one"]

    play(scene)


def test_a_process_wants_only_what_it_has_somebody_for() -> None:
    async def scene() -> None:
        hub = Hub(People({"talk": ["ann"]}, {"crew": ["ann"]}))
        assert not hub.wants(("", "", "", ""))
        ann = await connect(hub, "ann")
        targets = [
            (ann.connection.id, "", "", ""),
            ("", "ann", "", ""),
            ("", "", "talk", ""),
            ("", "", "", "crew"),
            ("", "", "", ""),
        ]
        others = [("x", "ann", "", ""), ("", "ben", "talk", ""), ("", "", "other", "crew"), ("", "", "", "other")]
        assert [hub.wants(target) for target in (*targets, *others)] == [True] * 5 + [False] * 4

    play(scene)
