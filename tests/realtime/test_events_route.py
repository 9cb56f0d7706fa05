"""Who receives an event: the rules of websocket.md §8."""

from __future__ import annotations

from typing import Any

import pytest

from mattermost_site import clock
from mattermost_site.realtime.events import Audience, Event, Readers
from mattermost_site.realtime.hub import Hub
from tests.realtime.hubs import Client, People, connect, event, identity, play, tell

CHANNELS = {"talk": ["ann", "ben", "admin"], "secret": ["ben"], "lobby": ["guest"]}
TEAMS = {"crew": ["ann", "ben", "guest"], "other": ["cat"]}
EVERYBODY = ("ann", "ben", "cat", "admin", "guest")


def heard_by(told: Event) -> set[str]:
    """The users of the cast who hear an event."""
    found: set[str] = set()

    async def scene() -> None:
        hub = Hub(People(CHANNELS, TEAMS))
        clients = {name: await connect(hub, name) for name in EVERYBODY}
        await tell(hub, told)
        found.update(name for name, client in clients.items() if client.names)

    play(scene)
    return found


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience(), set(EVERYBODY)),
        (Audience(team_id="crew"), {"ann", "ben", "guest"}),
        (Audience(channel_id="talk"), {"ann", "ben", "admin"}),
        (Audience(channel_id="talk", team_id="other"), {"ann", "ben", "admin"}),
        (Audience(channel_id="talk", omit_users=("ann",)), {"ben", "admin"}),
        (Audience(user_id="cat"), {"cat"}),
        (Audience(user_id="cat", channel_id="talk", team_id="crew"), {"cat"}),
        (Audience(user_id="cat", omit_users=("cat",)), {"cat"}),
        (Audience(user_id="nobody"), set()),
        (Audience(channel_id="nowhere"), set()),
        (Audience(connection_id="nowhere"), set()),
        (Audience(omit_users=("ann", "ben")), {"cat", "admin", "guest"}),
        (Audience(sanitized=True), {"ann", "ben", "cat", "guest"}),
        (Audience(sensitive=True), {"admin"}),
        (Audience(channel_id="talk", sanitized=True), {"ann", "ben"}),
        (Audience(user_id="admin", sanitized=True), set()),
        (Audience(channel_id="talk", only_users=("ben", "cat")), {"ben"}),
        (Audience(channel_id="talk", except_users=("ben",)), {"ann", "admin"}),
        (Audience(channel_id="talk", readers_of=Readers("secret")), {"ben", "admin"}),
        (Audience(channel_id="talk", non_readers_of=Readers("secret")), {"ann"}),
        (Audience(team_id="crew", readers_of=Readers("lobby", "crew")), {"ann", "ben", "guest"}),
        (Audience(team_id="crew", readers_of=Readers("talk", "crew")), {"ann", "ben"}),
    ],
)
def test_it_reaches_exactly_its_audience(audience: Audience, expected: set[str]) -> None:
    assert heard_by(Event("x", {}, audience)) == expected


@pytest.mark.parametrize(
    ("may_see", "expected"),
    [
        (None, set(EVERYBODY)),
        (frozenset(), {"ann", "ben", "cat", "admin"}),
        (frozenset({"guest"}), set(EVERYBODY)),
    ],
)
def test_guests_hear_only_of_people_they_may_see(may_see: frozenset[str] | None, expected: set[str]) -> None:
    assert heard_by(Event("new_user", {}, Audience(), guests_see=may_see)) == expected


def two_sockets(**audience: Any) -> tuple[list[str], list[str]]:
    """What two sockets of ann hear; "first" and "second" in the audience stand for their ids."""
    heard: list[list[str]] = []

    async def scene() -> None:
        hub = Hub(People(CHANNELS, TEAMS))
        clients = {"first": await connect(hub, "ann", "a"), "second": await connect(hub, "ann", "b")}
        ids = {name: client.connection.id for name, client in clients.items()}
        await tell(hub, event("x", **{key: ids.get(value, value) for key, value in audience.items()}))
        heard.extend(client.names for client in clients.values())

    play(scene)
    return heard[0], heard[1]


def test_it_reaches_all_sockets_of_a_user() -> None:
    assert two_sockets(user_id="ann") == (["x"], ["x"])


def test_it_reaches_one_connection_only() -> None:
    assert two_sockets(connection_id="second") == ([], ["x"])


def test_it_leaves_out_the_connection_that_caused_it() -> None:
    assert two_sockets(user_id="ann", omit_connection_id="first") == ([], ["x"])


@pytest.mark.parametrize(
    ("name", "places", "expected"),
    [
        ("typing", ("elsewhere", None, None), True),
        ("typing", ("elsewhere", "", None), True),
        ("typing", ("elsewhere", "", ""), False),
        ("typing", ("talk", "", ""), True),
        ("typing", ("elsewhere", "talk", ""), True),
        ("typing", ("elsewhere", "", "talk"), True),
        ("reaction_added", ("elsewhere", "", ""), False),
        ("reaction_removed", ("elsewhere", "", ""), False),
        ("posted", ("elsewhere", "", ""), True),
    ],
)
def test_what_is_only_shown_goes_where_it_could_be_seen(
    name: str, places: tuple[str | None, ...], expected: bool
) -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS, TEAMS))
        ben = await connect(hub, "ben")
        presence = ben.connection.presence
        presence.channel_id, presence.thread_channel_id, presence.threads_view_channel_id = places
        await tell(hub, event(name, channel_id="talk"))
        assert bool(ben.names) is expected

    play(scene)


async def _client_with(hub: Hub, **fields: Any) -> Client:
    ann = await connect(hub, "ann")
    ann.connection.identity = identity("ann", **fields)
    return ann


def test_an_expired_session_hears_nothing() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await _client_with(hub, expires_at=clock.now() - 1)
        await tell(hub, event(channel_id="talk"))
        assert ann.names == []

    play(scene)


def test_who_owes_a_second_factor_hears_nothing() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await _client_with(hub, may_take_part=False)
        await tell(hub, event(channel_id="talk"))
        assert ann.names == []

    play(scene)


def test_extra_data_is_for_its_recipient_alone() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann, ben = await connect(hub, "ann"), await connect(hub, "ben")
        told = Event("posted", {"post": "p"}, Audience(channel_id="talk"), extras={"ben": {"mentions": '["ben"]'}})
        await tell(hub, told)
        assert [client.socket.frames[-1]["data"] for client in (ann, ben)] == [
            {"post": "p"},
            {"post": "p", "mentions": '["ben"]'},
        ]

    play(scene)


def test_only_who_asked_is_told_to_acknowledge() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        plain, asking = await connect(hub, "ben", "a"), await connect(hub, "ben", "b", posted_ack=True)
        told = Event("posted", {"post": "p"}, Audience(channel_id="talk"), extras={"ben": {"should_ack": True}})
        await tell(hub, told)
        assert [client.socket.frames[-1]["data"] for client in (plain, asking)] == [
            {"post": "p"},
            {"post": "p", "should_ack": True},
        ]

    play(scene)
