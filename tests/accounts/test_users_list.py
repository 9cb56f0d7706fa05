"""GET /users."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Group, GroupMember, Status, User
from mattermost_site import clock
from mattermost_site.ids import new_id
from messaging.models import Channel
from teams.models import Team, TeamMember


def names(reply: Any) -> list[str]:
    return [user["username"] for user in reply.json()]


def test_it_lists_a_team_by_name(client_for: Any, team: Team, bob: User) -> None:
    assert names(client_for(bob).get(f"/users?in_team={team.id}")) == ["alice", "bob"]


def test_it_pages(client_for: Any, team: Team, bob: User) -> None:
    assert names(client_for(bob).get(f"/users?in_team={team.id}&page=1&per_page=1")) == ["bob"]


def test_it_shows_a_team_to_members_only(client_for: Any, team: Team, charlie: User) -> None:
    assert client_for(charlie).get(f"/users?in_team={team.id}").status_code == 403


def test_it_lists_those_outside(client_for: Any, team: Team, admin: User, charlie: User) -> None:
    assert names(client_for(admin).get(f"/users?not_in_team={team.id}")) == ["admin", "charlie"]


def test_it_forgets_who_left(client_for: Any, team: Team, alice: User, bob: User) -> None:
    TeamMember.objects.filter(team_id=team.id, user_id=bob.id).update(delete_at=1)
    assert names(client_for(alice).get(f"/users?in_team={team.id}")) == ["alice"]


@pytest.mark.parametrize(("filter_", "expected"), [("active=true", ["alice"]), ("inactive=true", ["bob"])])
def test_it_filters_by_state(
    client_for: Any, team: Team, alice: User, bob: User, filter_: str, expected: list[str]
) -> None:
    User.objects.filter(id=bob.id).update(delete_at=1)
    assert names(client_for(alice).get(f"/users?in_team={team.id}&{filter_}")) == expected


@pytest.mark.parametrize(("role", "expected"), [("team_admin", ["alice"]), ("team_user", ["bob"])])
def test_it_filters_by_team_role(client_for: Any, team: Team, alice: User, role: str, expected: list[str]) -> None:
    TeamMember.objects.filter(team_id=team.id, user_id=alice.id).update(scheme_admin=True)
    assert names(client_for(alice).get(f"/users?in_team={team.id}&team_roles={role}")) == expected


def test_it_sorts_a_channel_by_status(client_for: Any, town_square: Channel, alice: User, bob: User) -> None:
    Status.objects.create(user_id=bob.id, status="online")
    assert names(client_for(alice).get(f"/users?in_channel={town_square.id}&sort=status")) == ["bob", "alice"]


def test_it_sorts_a_team_by_activity(client_for: Any, team: Team, alice: User, bob: User) -> None:
    Status.objects.create(user_id=alice.id, status="away", last_activity_at=5)
    Status.objects.create(user_id=bob.id, status="away", last_activity_at=9)
    found = client_for(alice).get(f"/users?in_team={team.id}&sort=last_activity_at").json()
    assert [(user["username"], user["last_activity_at"]) for user in found] == [("bob", 9), ("alice", 5)]


def test_it_lists_a_group_by_shown_name(client_for: Any, alice: User, bob: User) -> None:
    group = Group.objects.create(id=new_id(), name="crew", source="custom", remote_id="1")
    for user in (alice, bob):
        GroupMember.objects.create(group_id=group.id, user_id=user.id, create_at=clock.now())
    User.objects.filter(id=bob.id).update(nickname="Aaron")
    assert names(client_for(alice).get(f"/users?in_group={group.id}&sort=display_name")) == ["bob", "alice"]


@pytest.mark.parametrize(
    "query", ["sort=create_at", "in_team={}&sort=status", "in_team={}&sort=name", "not_in_channel={}"]
)
def test_it_refuses_what_does_not_fit(client_for: Any, team: Team, alice: User, query: str) -> None:
    reply = client_for(alice).get("/users?" + query.format(team.id))
    assert (reply.status_code, reply.json()["id"]) == (400, "api.context.invalid_url_param.app_error")


def test_it_refuses_unknown_roles(client_for: Any, team: Team, alice: User) -> None:
    reply = client_for(alice).get(f"/users?in_team={team.id}&roles=system_user,nonsense")
    assert (reply.status_code, reply.json()["id"]) == (400, "api.context.invalid_body_param.app_error")


def test_it_lists_the_teamless_to_admins_only(
    client_for: Any, admin: User, team: Team, alice: User, charlie: User
) -> None:
    assert client_for(alice).get("/users?without_team=true").status_code == 403
    assert names(client_for(admin).get("/users?without_team=true")) == ["admin", "charlie"]


def test_it_shows_nothing_without_a_session(client_for: Any) -> None:
    assert client_for(None).get("/users").status_code == 401


def test_it_answers_304_until_somebody_changes(client_for: Any, team: Team, alice: User) -> None:
    client, path = client_for(alice), f"/users?in_team={team.id}"
    etag = client.get(path).headers["ETag"]
    assert client.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 304
    User.objects.filter(id=alice.id).update(update_at=clock.now() + 1)
    assert client.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 200


@pytest.mark.usefixtures("serving")
def test_it_takes_the_same_statements_for_any_number(
    client_for: Any, team: Team, alice: User, django_assert_max_num_queries: Any
) -> None:
    client = client_for(alice)
    client.get(f"/users?in_team={team.id}")
    with django_assert_max_num_queries(4):
        client.get(f"/users?in_team={team.id}")
