"""Favorites, as a category and as settings."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Preference, User
from mattermost_site.ids import new_id
from messaging.actions.direct import open_direct
from messaging.models import Channel
from teams.actions.members import join_team
from teams.models import Team
from tests.cast import actor_of
from tests.messaging.sidebar import Arranger, channel_of


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


def star(sidebar: Arranger, *channels: Channel, value: str = "true", how: str = "save") -> None:
    """Save or delete the settings of channels."""
    body = [
        {"user_id": sidebar.user.id, "category": "favorite_channel", "name": channel.id, "value": value}
        for channel in channels
    ]
    if how == "save":
        sidebar.client.put("/users/me/preferences", body)
    else:
        sidebar.client.post("/users/me/preferences/delete", body)


def settings(user: User) -> dict[str, str]:
    rows = Preference.objects.filter(user_id=user.id, category="favorite_channel")
    return dict(rows.values_list("name", "value"))


def test_a_setting_puts_a_channel_on_top(sidebar: Arranger, one: Channel, two: Channel) -> None:
    star(sidebar, one)
    star(sidebar, two)
    star(sidebar, one)
    assert sidebar.shown()[sidebar.favorites] == ["Two", "One"]


def test_several_settings_at_once_do_too(sidebar: Arranger, one: Channel, two: Channel) -> None:
    star(sidebar, one, two)
    assert sidebar.shown()[sidebar.favorites] == ["Two", "One"]


@pytest.mark.parametrize("how", ["save", "delete"])
def test_a_setting_takes_a_channel_out(sidebar: Arranger, one: Channel, how: str) -> None:
    star(sidebar, one)
    star(sidebar, one, value="false", how=how)
    shown = sidebar.shown()
    assert (shown[sidebar.favorites], "One" in shown[sidebar.channels]) == ([], True)


def test_a_direct_channel_is_a_favorite_in_every_team(
    sidebar: Arranger, client_for: Any, alice: User, bob: User, one: Channel
) -> None:
    other = Team.objects.create(id=new_id(), name="other", display_name="Other", type="O", invite_id=new_id())
    join_team(team=other, user=alice, by=actor_of(alice))
    direct = open_direct(user_id=alice.id, other_id=bob.id)
    star(sidebar, direct, one)
    there = Arranger(client_for(alice), alice, other)
    assert there.shown()[there.favorites] == [direct.id]


def test_a_channel_that_does_not_exist_is_stored_only(sidebar: Arranger) -> None:
    nothing = Channel(id=new_id())
    star(sidebar, nothing)
    assert (settings(sidebar.user), sidebar.shown()[sidebar.favorites]) == ({nothing.id: "true"}, [])


def test_the_category_writes_settings(sidebar: Arranger, alice: User, one: Channel, two: Channel) -> None:
    star(sidebar, one, value="false")
    sidebar.put(sidebar.favorites, "x", one, two)
    assert settings(alice) == {one.id: "true", two.id: "true"}


def test_the_category_deletes_settings(sidebar: Arranger, alice: User, one: Channel, two: Channel) -> None:
    sidebar.put(sidebar.favorites, "x", one, two)
    sidebar.put(sidebar.favorites, "x", two)
    assert settings(alice) == {two.id: "true"}


@pytest.mark.parametrize("favorites_first", [True, False])
def test_moving_between_categories_changes_settings(
    sidebar: Arranger, alice: User, one: Channel, two: Channel, favorites_first: bool
) -> None:
    mine = sidebar.make("Mine", two)
    sidebar.put(sidebar.favorites, "x", one)
    entries = [sidebar.entry(sidebar.favorites, "x", two), sidebar.entry(mine, "Mine", one)]
    sidebar.put_all(*(entries if favorites_first else reversed(entries)))
    assert settings(alice) == {two.id: "true"}


def test_a_favorite_of_another_team_stays_one(sidebar: Arranger, client_for: Any, alice: User, bob: User) -> None:
    other = Team.objects.create(id=new_id(), name="other", display_name="Other", type="O", invite_id=new_id())
    join_team(team=other, user=alice, by=actor_of(alice))
    direct = open_direct(user_id=alice.id, other_id=bob.id)
    there = Arranger(client_for(alice), alice, other)
    there.put(there.favorites, "x", direct)
    sidebar.put(sidebar.make("Mine"), "Mine", direct)
    assert settings(alice) == {direct.id: "true"}
