"""Making categories."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import User
from mattermost_site.ids import new_id
from mattermost_site.realtime.events import Event
from messaging.actions.direct import open_direct
from messaging.models import ChannelMember, SidebarCategory
from teams.models import Team
from tests.messaging.sidebar import Arranger, channel_of

INVALID_BODY = "api.context.invalid_body_param.app_error"


@pytest.fixture
def sidebar(client_for: Any, alice: User, team: Team) -> Arranger:
    """alice's sidebar of ``team``."""
    return Arranger(client_for(alice), alice, team)


def order(sidebar: Arranger) -> list[str]:
    found: list[str] = orjson.loads(sidebar.client.get(f"{sidebar.base}/order").content)
    return found


def test_it_goes_below_favorites(sidebar: Arranger) -> None:
    first, second = sidebar.make("First"), sidebar.make("Second")
    assert order(sidebar) == [sidebar.favorites, second, first, sidebar.channels, sidebar.direct_messages]


def test_it_goes_on_top_where_favorites_is_not(sidebar: Arranger) -> None:
    wanted = [sidebar.channels, sidebar.favorites, sidebar.direct_messages]
    sidebar.client.put(f"{sidebar.base}/order", wanted)
    first = sidebar.make("First")
    assert order(sidebar) == [first, *wanted]


def test_it_numbers_places_in_tens(sidebar: Arranger) -> None:
    sidebar.make("First")
    places = SidebarCategory.objects.filter(user_id=sidebar.user.id).values_list("sort_order", flat=True)
    assert sorted(places) == [0, 10, 20, 30]


def test_it_takes_channels_from_other_categories_in_order(sidebar: Arranger, alice: User, team: Team) -> None:
    one, two = channel_of(alice, team, "One"), channel_of(alice, team, "Two")
    first = sidebar.make("First", one)
    second = sidebar.make("Second", two, one, two)
    shown = sidebar.shown()
    assert (shown[first], shown[second]) == ([], ["Two", "One"])


def test_it_takes_direct_channels(sidebar: Arranger, alice: User, bob: User) -> None:
    direct = open_direct(user_id=alice.id, other_id=bob.id)
    mine = sidebar.make("Mine", direct)
    shown = sidebar.shown()
    assert (shown[mine], shown[sidebar.direct_messages]) == ([direct.id], [])


def test_it_leaves_out_channels_that_one_is_not_in(sidebar: Arranger, bob: User, team: Team) -> None:
    secret = channel_of(bob, team, "Secret", "P")
    body = sidebar.entry("", "Mine", secret) | {"channel_ids": [secret.id, "short", new_id()]}
    assert orjson.loads(sidebar.client.post(sidebar.base, body).content)["channel_ids"] == []


def test_it_mutes_nothing(sidebar: Arranger, alice: User, team: Team) -> None:
    channel = channel_of(alice, team, "One")
    sidebar.make("Quiet", channel, muted=True)
    member = ChannelMember.objects.get(channel_id=channel.id, user_id=alice.id)
    assert member.notify_props["mark_unread"] == "all"


def test_it_lets_the_server_choose_the_rest(sidebar: Arranger) -> None:
    more = {"id": new_id(), "type": "favorites", "collapsed": True, "sort_order": 500}
    made = orjson.loads(sidebar.client.post(sidebar.base, sidebar.entry("", "Mine") | more).content)
    assert (made["type"], made["collapsed"], made["sort_order"]) == ("custom", False, 10)
    assert made["id"] != more["id"]


def test_it_tells_only_the_user(sidebar: Arranger, events: list[Event]) -> None:
    mine = sidebar.make("Mine")
    assert (events[-1].name, events[-1].data) == ("sidebar_category_created", {"category_id": mine})
    assert (events[-1].audience.user_id, events[-1].audience.team_id) == (sidebar.user.id, sidebar.team.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"user_id": "b" * 26},
        {"team_id": "b" * 26},
        {"display_name": 5},
        {"display_name": "n" * 65},
        {"sorting": "s" * 65},
        {"channel_ids": "x"},
        {"channel_ids": [5]},
    ],
)
def test_it_refuses_bad_fields(sidebar: Arranger, changes: dict[str, Any]) -> None:
    reply = sidebar.client.post(sidebar.base, sidebar.entry("", "Mine") | changes)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, INVALID_BODY)
    assert len(order(sidebar)) == 3


def test_it_makes_none_for_others(sidebar: Arranger, client_for: Any, bob: User) -> None:
    assert client_for(bob).post(sidebar.base, sidebar.entry("", "Mine")).status_code == 403


def test_it_makes_none_for_outsiders(client_for: Any, charlie: User, team: Team) -> None:
    sidebar = Arranger(client_for(charlie), charlie, team)
    assert sidebar.client.post(sidebar.base, sidebar.entry("", "Mine")).status_code == 403
