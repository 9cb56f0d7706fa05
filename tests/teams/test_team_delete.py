"""Deleting a team for good leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from messaging.models import Channel, ChannelMember, Post, SidebarCategory
from teams.models import Team, TeamMember


@pytest.fixture
def allowed() -> Iterator[None]:
    with config.override(**{"ServiceSettings.EnableAPITeamDeletion": True}):
        yield


def test_it_needs_the_setting(client_for: Any, alice: User, team: Team) -> None:
    assert client_for(alice).delete(f"/teams/{team.id}?permanent=true").status_code == 401
    assert Team.objects.filter(id=team.id).exists()


@pytest.mark.usefixtures("allowed")
def test_it_is_for_those_who_manage_the_team(client_for: Any, bob: User, team: Team) -> None:
    assert client_for(bob).delete(f"/teams/{team.id}?permanent=true").status_code == 403


@pytest.mark.usefixtures("allowed")
def test_it_takes_channels_posts_and_memberships_along(client_for: Any, alice: User, team: Team) -> None:
    assert client_for(alice).delete(f"/teams/{team.id}?permanent=true").status_code == 200
    left = [
        Team.objects.filter(id=team.id),
        TeamMember.objects.filter(team_id=team.id),
        Channel.objects.filter(team_id=team.id),
        ChannelMember.objects.all(),
        Post.objects.all(),
        SidebarCategory.objects.filter(team_id=team.id),
    ]
    assert [rows.count() for rows in left] == [0] * len(left)
