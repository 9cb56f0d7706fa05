"""Reading the sidebar: what is where."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import Preference, User
from mattermost_site import clock
from mattermost_site.ids import new_id
from messaging.actions.direct import open_direct, open_group
from messaging.models import Channel, SidebarCategory, SidebarChannel
from teams.actions.leaving import leave_team
from teams.actions.members import join_team
from teams.models import Team
from tests.cast import actor_of
from tests.messaging.sidebar import Arranger, channel_of

DEFAULT_NAMES = ["Off-Topic", "Town Square"]


@pytest.fixture
def sidebar(client_for: Any, alice: User, team: Team) -> Arranger:
    """alice's sidebar of ``team``."""
    return Arranger(client_for(alice), alice, team)


def test_it_starts_with_three_categories(sidebar: Arranger) -> None:
    assert sidebar.shown() == {sidebar.favorites: [], sidebar.channels: DEFAULT_NAMES, sidebar.direct_messages: []}


def test_it_sorts_names_by_code_points(sidebar: Arranger, alice: User, team: Team) -> None:
    for name, type in (("zebra", "O"), ("Ant", "P"), ("ant eater", "O")):
        channel_of(alice, team, name.replace(" ", "-") if type == "O" else name, type)
    assert sidebar.shown()[sidebar.channels] == ["Ant", *DEFAULT_NAMES, "ant-eater", "zebra"]


def test_it_leaves_out_archived_channels_that_have_no_place(sidebar: Arranger, alice: User, team: Team) -> None:
    channel = channel_of(alice, team, "Old")
    Channel.objects.filter(id=channel.id).update(delete_at=clock.now())
    assert sidebar.shown()[sidebar.channels] == DEFAULT_NAMES


def test_it_keeps_archived_channels_in_their_place(sidebar: Arranger, alice: User, team: Team) -> None:
    channel = channel_of(alice, team, "Old")
    mine = sidebar.make("Mine", channel)
    Channel.objects.filter(id=channel.id).update(delete_at=clock.now())
    assert sidebar.shown()[mine] == ["Old"]


def test_it_shows_direct_channels_in_every_team(
    sidebar: Arranger, client_for: Any, alice: User, bob: User, charlie: User
) -> None:
    other = Team.objects.create(id=new_id(), name="other", display_name="Other", type="O", invite_id=new_id())
    join_team(team=other, user=alice, by=actor_of(alice))
    found = {open_direct(user_id=alice.id, other_id=bob.id).id, open_group(user_ids=[alice.id, bob.id, charlie.id]).id}
    for place in (sidebar, Arranger(client_for(alice), alice, other)):
        shown = orjson.loads(place.client.get(f"{place.base}/{place.direct_messages}").content)
        assert set(shown["channel_ids"]) == found


def test_it_forgets_the_place_of_a_channel_that_one_left(sidebar: Arranger, bob: User, team: Team) -> None:
    channel = channel_of(bob, team, "Talk")
    path = f"/channels/{channel.id}/members"
    sidebar.client.post(path, {"user_id": sidebar.user.id})
    mine = sidebar.make("Mine", channel)
    sidebar.client.delete(f"{path}/{sidebar.user.id}")
    sidebar.client.post(path, {"user_id": sidebar.user.id})
    shown = sidebar.shown()
    assert (shown[mine], "Talk" in shown[sidebar.channels]) == ([], True)


def test_it_starts_anew_after_leaving_the_team(client_for: Any, bob: User, team: Team) -> None:
    sidebar = Arranger(client_for(bob), bob, team)
    mine = sidebar.make("Mine", channel_of(bob, team, "Talk"))
    leave_team(team=team, user=bob, removed=False)
    join_team(team=team, user=bob, by=actor_of(bob))
    assert mine not in sidebar.shown()
    assert sidebar.shown()[sidebar.channels] == DEFAULT_NAMES


def test_it_starts_with_favorites_of_old(sidebar: Arranger, alice: User, bob: User) -> None:
    notes, other = open_direct(user_id=alice.id, other_id=alice.id), open_direct(user_id=alice.id, other_id=bob.id)
    for channel, value in ((notes, "true"), (other, "false")):
        Preference.objects.create(user_id=alice.id, category="favorite_channel", name=channel.id, value=value)
    SidebarCategory.objects.filter(user_id=alice.id).delete()
    shown = sidebar.shown()
    assert (shown[sidebar.favorites], shown[sidebar.direct_messages]) == ([notes.id], [other.id])


def test_it_reads_rows_of_the_other_server_without_values(sidebar: Arranger, alice: User, team: Team) -> None:
    SidebarCategory.objects.filter(user_id=alice.id, type="favorites").update(muted=None, sorting=None, collapsed=None)
    shown = orjson.loads(sidebar.client.get(f"{sidebar.base}/{sidebar.favorites}").content)
    assert (shown["muted"], shown["collapsed"], shown["sorting"]) == (False, False, "")


@pytest.mark.parametrize("path", ["", "/order", "/{channels}"])
def test_it_is_shown_to_nobody_else(sidebar: Arranger, client_for: Any, bob: User, path: str) -> None:
    assert client_for(bob).get(sidebar.base + path.format(channels=sidebar.channels)).status_code == 403


def test_it_is_hidden_from_outsiders(client_for: Any, charlie: User, team: Team) -> None:
    sidebar = Arranger(client_for(charlie), charlie, team)
    assert sidebar.client.get(sidebar.base).status_code == 403
    assert not SidebarCategory.objects.filter(user_id=charlie.id).exists()


def test_it_is_shown_to_the_system_admin(sidebar: Arranger, client_for: Any, admin: User) -> None:
    reply = client_for(admin).get(f"{sidebar.base}/{sidebar.favorites}")
    assert orjson.loads(reply.content)["id"] == sidebar.favorites


@pytest.mark.parametrize("place", ["user", "team"])
def test_it_is_not_made_for_what_does_not_exist(client_for: Any, admin: User, team: Team, place: str) -> None:
    user_id, team_id = (new_id(), team.id) if place == "user" else (admin.id, new_id())
    reply = client_for(admin).get(f"/users/{user_id}/teams/{team_id}/channels/categories")
    assert reply.status_code == 404


def test_a_category_of_somebody_else_cannot_be_told_from_none(sidebar: Arranger, client_for: Any, bob: User) -> None:
    own = Arranger(client_for(bob), bob, sidebar.team)
    replies = [own.client.get(f"{own.base}/{id}").status_code for id in (sidebar.channels, new_id())]
    assert replies == [403, 403]


@pytest.mark.parametrize("bad", ["favorites", "short", "custom_" + "a" * 26 + "_" + "b" * 26])
def test_a_malformed_category_id_is_refused(sidebar: Arranger, bad: str) -> None:
    reply = sidebar.client.get(f"{sidebar.base}/{bad}")
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, "api.context.invalid_url_param.app_error")


@pytest.mark.usefixtures("serving")
def test_it_takes_three_statements(sidebar: Arranger, alice: User, team: Team, django_assert_num_queries: Any) -> None:
    sidebar.make("Mine", *(channel_of(alice, team, f"c{number}") for number in range(5)))
    sidebar.client.get(sidebar.base)
    with django_assert_num_queries(3):  # roles in the team, categories with their channels, channels
        sidebar.client.get(sidebar.base)


def test_places_of_other_people_do_not_matter(sidebar: Arranger, bob: User, town_square: Channel) -> None:
    SidebarChannel.objects.create(channel_id=town_square.id, user_id=bob.id, category_id=sidebar.favorites)
    assert sidebar.shown()[sidebar.favorites] == []
