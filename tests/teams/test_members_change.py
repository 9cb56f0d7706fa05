"""Joining, leaving, and what members may do."""

from __future__ import annotations

from typing import Any

import orjson

from accounts.models import User
from messaging.models import ChannelMember, SidebarCategory
from teams.models import Team, TeamMember


def test_it_lets_nobody_into_a_closed_team(client_for: Any, charlie: User, team: Team) -> None:
    body = {"team_id": team.id, "user_id": charlie.id}
    assert client_for(charlie).post(f"/teams/{team.id}/members", body).status_code == 403
    assert not TeamMember.objects.filter(user_id=charlie.id).exists()


def test_it_lets_everybody_into_an_open_team(client_for: Any, charlie: User, team: Team) -> None:
    Team.objects.filter(id=team.id).update(allow_open_invite=True)
    body = {"team_id": team.id, "user_id": charlie.id}
    assert client_for(charlie).post(f"/teams/{team.id}/members", body).status_code == 201
    assert ChannelMember.objects.filter(user_id=charlie.id).count() == 2


def test_it_tells_the_newcomer_and_the_channel(
    client_for: Any, bob: User, charlie: User, team: Team, events: Any
) -> None:
    client_for(bob).post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": charlie.id})
    told = [(event.name, event.audience.user_id) for event in events]
    assert ("added_to_team", charlie.id) in told
    assert [name for name, _ in told].count("user_added") == 2


def test_it_takes_everything_of_the_team_away_from_who_leaves(client_for: Any, bob: User, team: Team) -> None:
    assert client_for(bob).delete(f"/teams/{team.id}/members/me").status_code == 200
    assert TeamMember.objects.get(team_id=team.id, user_id=bob.id).delete_at > 0
    assert not ChannelMember.objects.filter(user_id=bob.id).exists()
    assert not SidebarCategory.objects.filter(user_id=bob.id, team_id=team.id).exists()


def test_it_refuses_members_who_remove_others(client_for: Any, alice: User, bob: User, team: Team) -> None:
    assert client_for(bob).delete(f"/teams/{team.id}/members/{alice.id}").status_code == 403
    assert TeamMember.objects.get(team_id=team.id, user_id=alice.id).delete_at == 0


def test_it_makes_an_admin_who_may_then_change_the_team(client_for: Any, alice: User, bob: User, team: Team) -> None:
    patch = {"display_name": "New"}
    assert client_for(bob).put(f"/teams/{team.id}/patch", patch).status_code == 403
    flags = {"scheme_user": True, "scheme_admin": True}
    assert client_for(alice).put(f"/teams/{team.id}/members/{bob.id}/schemeRoles", flags).status_code == 200
    assert client_for(bob).put(f"/teams/{team.id}/patch", patch).status_code == 200


def test_it_keeps_roles_when_the_body_is_broken(client_for: Any, alice: User, bob: User, team: Team) -> None:
    reply = client_for(alice).put(f"/teams/{team.id}/members/{bob.id}/roles", {"other": 1})
    assert reply.status_code == 400
    assert TeamMember.objects.get(team_id=team.id, user_id=bob.id).scheme_user


def test_it_adds_nobody_when_one_of_a_batch_is_unknown(client_for: Any, alice: User, charlie: User, team: Team) -> None:
    rows = [{"team_id": team.id, "user_id": user_id} for user_id in (charlie.id, "a" * 25 + "1")]
    assert client_for(alice).post(f"/teams/{team.id}/members/batch", rows).status_code == 404
    assert not TeamMember.objects.filter(user_id=charlie.id).exists()


def test_it_hides_closed_teams(client_for: Any, charlie: User, team: Team) -> None:
    client = client_for(charlie)
    assert client.get(f"/teams/{team.id}").status_code == 403
    assert orjson.loads(client.get(f"/teams/name/{team.name}/exists").content) == {"exists": False}
