"""Changing categories: names, order of channels, moving channels, muting."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import User
from mattermost_site.ids import new_id
from mattermost_site.realtime.events import Event
from messaging.actions.direct import open_direct
from messaging.models import Channel, ChannelMember
from teams.models import Team
from tests.messaging.sidebar import Arranger, channel_of

INVALID_BODY = "api.context.invalid_body_param.app_error"


@pytest.fixture
def sidebar(client_for: Any, alice: User, team: Team) -> Arranger:
    """alice's sidebar of ``team``."""
    return Arranger(client_for(alice), alice, team)


@pytest.fixture
def one(alice: User, team: Team) -> Channel:
    """A channel that alice is in."""
    return channel_of(alice, team, "One")


@pytest.fixture
def two(alice: User, team: Team) -> Channel:
    """Another channel that alice is in."""
    return channel_of(alice, team, "Two")


def is_muted(channel: Channel, user: User) -> bool:
    member = ChannelMember.objects.get(channel_id=channel.id, user_id=user.id)
    return bool(member.notify_props["mark_unread"] == "mention")


def test_it_changes_name_sorting_and_collapsed(sidebar: Arranger) -> None:
    mine = sidebar.make("Mine")
    shown = sidebar.put(mine, "Yours", sorting="alpha", collapsed=True, sort_order=99, type="channels")
    assert (shown["display_name"], shown["sorting"], shown["collapsed"]) == ("Yours", "alpha", True)
    assert (shown["type"], shown["sort_order"]) == ("custom", 10)


@pytest.mark.parametrize("type", ["favorites", "channels", "direct_messages"])
def test_it_keeps_the_names_of_built_in_ones(sidebar: Arranger, type: str) -> None:
    before = {"favorites": "Favorites", "channels": "Channels", "direct_messages": "Direct Messages"}
    assert sidebar.put(getattr(sidebar, type), "Mine")["display_name"] == before[type]


def test_it_orders_channels_as_sent(sidebar: Arranger, one: Channel, two: Channel) -> None:
    mine = sidebar.make("Mine", one, two)
    sidebar.put(mine, "Mine", two, one)
    assert sidebar.shown()[mine] == ["Two", "One"]


def test_it_lets_channels_fall_back(sidebar: Arranger, one: Channel, two: Channel) -> None:
    mine = sidebar.make("Mine", one, two)
    sidebar.put(mine, "Mine", two)
    assert "One" in sidebar.shown()[sidebar.channels]


def test_it_answers_with_channels_that_have_no_place(sidebar: Arranger, one: Channel) -> None:
    shown = sidebar.put(sidebar.channels, "x", one)
    names = list(Channel.objects.in_bulk(shown["channel_ids"]).values())
    assert (shown["channel_ids"][0], len(names)) == (one.id, 3)


def test_it_moves_channels_between_categories_that_are_sent(sidebar: Arranger, one: Channel) -> None:
    first, second = sidebar.make("First", one), sidebar.make("Second")
    sidebar.put_all(sidebar.entry(first, "First"), sidebar.entry(second, "Second", one))
    shown = sidebar.shown()
    assert (shown[first], shown[second]) == ([], ["One"])


def test_it_leaves_a_channel_in_a_category_that_is_not_sent(sidebar: Arranger, one: Channel) -> None:
    first, second = sidebar.make("First", one), sidebar.make("Second")
    sidebar.put(second, "Second", one)
    shown = sidebar.shown()
    assert (shown[first], shown[second]) == (["One"], ["One"])


def test_it_stores_no_order_of_direct_messages(sidebar: Arranger, alice: User, bob: User) -> None:
    notes, other = open_direct(user_id=alice.id, other_id=alice.id), open_direct(user_id=alice.id, other_id=bob.id)
    wanted = sorted((notes, other), key=lambda channel: channel.id, reverse=True)
    shown = sidebar.put(sidebar.direct_messages, "x", *wanted, muted=True)
    assert (shown["channel_ids"], shown["muted"]) == ([wanted[1].id, wanted[0].id], False)


def test_it_leaves_out_channels_that_one_is_not_in(sidebar: Arranger, bob: User, team: Team, one: Channel) -> None:
    mine = sidebar.make("Mine")
    shown = sidebar.put(mine, "Mine", one, channel_of(bob, team, "Secret", "P"), one)
    assert shown["channel_ids"] == [one.id]


def test_it_answers_in_the_order_sent_and_tells_the_user(sidebar: Arranger, events: list[Event]) -> None:
    first, second = sidebar.make("First"), sidebar.make("Second")
    shown = sidebar.put_all(sidebar.entry(first, "First"), sidebar.entry(second, "Second"))
    assert [row["id"] for row in shown] == [first, second]
    assert events[-1].name == "sidebar_category_updated"
    assert orjson.loads(events[-1].data["updatedCategories"]) == shown


@pytest.mark.parametrize("changes", [{"id": "z" * 26}, {"id": ""}, {"id": "{hers}"}, {"muted": "yes"}])
def test_it_changes_nothing_when_one_is_wrong(
    sidebar: Arranger, client_for: Any, bob: User, changes: dict[str, Any]
) -> None:
    hers = Arranger(client_for(bob), bob, sidebar.team).make("Hers")
    mine = sidebar.make("Mine")
    bad = {key: value.format(hers=hers) for key, value in changes.items()}
    shown = sidebar.put_all(sidebar.entry(mine, "Changed"), sidebar.entry(mine, "Bad") | bad)
    assert shown["id"] == INVALID_BODY
    kept = orjson.loads(sidebar.client.get(f"{sidebar.base}/{mine}").content)
    assert kept["display_name"] == "Mine"


@pytest.mark.parametrize("changes", [{"user_id": "z" * 26}, {"team_id": "z" * 26}, {"display_name": "n" * 65}])
def test_it_refuses_bad_fields(sidebar: Arranger, changes: dict[str, Any]) -> None:
    mine = sidebar.make("Mine")
    assert sidebar.put(mine, "Mine", **changes)["id"] == INVALID_BODY


def test_it_changes_none_of_others(sidebar: Arranger, client_for: Any, bob: User) -> None:
    mine = sidebar.make("Mine")
    entry = sidebar.entry(mine, "Stolen")
    own = Arranger(client_for(bob), bob, sidebar.team)
    replies = [
        own.client.put(f"{sidebar.base}/{mine}", entry),
        own.client.put(sidebar.base, [entry]),
        own.client.put(f"{own.base}/{mine}", entry | {"user_id": bob.id}),
    ]
    assert [reply.status_code for reply in replies] == [403, 403, 403]


def test_it_tells_admins_that_there_is_none(sidebar: Arranger, client_for: Any, admin: User) -> None:
    assert client_for(admin).put(f"{sidebar.base}/{new_id()}", sidebar.entry("", "x")).status_code == 404


def test_it_mutes_and_unmutes_what_is_in_it(
    sidebar: Arranger, alice: User, one: Channel, two: Channel, events: list[Event]
) -> None:
    mine = sidebar.make("Mine", one)
    sidebar.put(mine, "Mine", one, muted=True)
    assert (is_muted(one, alice), is_muted(two, alice)) == (True, False)
    assert [event.name for event in events[-2:]] == ["sidebar_category_updated", "channel_member_updated"]
    sidebar.put(mine, "Mine", one)
    assert not is_muted(one, alice)


def test_it_mutes_what_moves_in_and_unmutes_what_moves_out(
    sidebar: Arranger, alice: User, one: Channel, two: Channel
) -> None:
    quiet, loud = sidebar.make("Quiet", one), sidebar.make("Loud", two)
    sidebar.put(quiet, "Quiet", one, muted=True)
    sidebar.put_all(sidebar.entry(quiet, "Quiet", two, muted=True), sidebar.entry(loud, "Loud", one))
    assert (is_muted(one, alice), is_muted(two, alice)) == (False, True)


def test_it_leaves_a_channel_as_it_is_that_stays_in_a_muted_and_a_loud_category(
    sidebar: Arranger, alice: User, one: Channel
) -> None:
    quiet, loud = sidebar.make("Quiet", one, muted=True), sidebar.make("Loud")
    both = [sidebar.entry(quiet, "Quiet", one, muted=True), sidebar.entry(loud, "Loud", one)]
    sidebar.put(loud, "Loud", one)
    sidebar.put_all(*both)
    assert not is_muted(one, alice)


def test_it_mutes_nothing_that_comes_from_a_category_that_is_not_sent(
    sidebar: Arranger, alice: User, one: Channel, two: Channel
) -> None:
    quiet = sidebar.make("Quiet", one, muted=True)
    sidebar.put(quiet, "Quiet", one, two, muted=True)
    assert not is_muted(two, alice)


@pytest.mark.usefixtures("serving")
def test_it_takes_as_many_statements_for_many_channels(
    sidebar: Arranger, alice: User, team: Team, one: Channel, django_assert_max_num_queries: Any
) -> None:
    many = [channel_of(alice, team, f"c{number}") for number in range(12)]
    mine = sidebar.make("Mine", one)
    with django_assert_max_num_queries(24):
        sidebar.put(mine, "Mine", *many, muted=True)
    assert all(is_muted(channel, alice) for channel in many)
