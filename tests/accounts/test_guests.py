"""Guests: whom they see, and how they come and go."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from messaging.models import Channel, ChannelMember
from teams.models import Team, TeamMember

ON = {"GuestAccountsSettings.Enable": True}


@pytest.fixture
def gus(team: Team, town_square: Channel, bob: User, make_user: Any) -> User:
    """A guest, in one private channel of ``team`` with bob."""
    user: User = make_user("gus", roles="system_guest")
    den = Channel(id="d" * 26, team_id=team.id, type="P", name="den", display_name="Den", create_at=1)
    den.save(force_insert=True)
    TeamMember(team_id=team.id, user_id=user.id, scheme_guest=True).save(force_insert=True)
    ChannelMember(channel_id=den.id, user_id=user.id, scheme_guest=True).save(force_insert=True)
    ChannelMember(channel_id=den.id, user_id=bob.id, scheme_user=True).save(force_insert=True)
    return user


def test_they_see_whom_they_share_a_channel_with(client_for: Any, gus: User, alice: User, bob: User) -> None:
    client = client_for(gus)
    assert client.get(f"/users/{bob.id}").status_code == 200
    assert client.get(f"/users/{alice.id}").status_code == 403
    assert client.get("/users/username/alice").status_code == 403
    assert client.get(f"/users/{alice.id}/image").status_code == 403


@pytest.mark.parametrize("how", ["ids", "names", "search", "list", "complete"])
def test_lists_leave_out_whom_they_do_not_see(
    client_for: Any, gus: User, team: Team, alice: User, bob: User, how: str
) -> None:
    client = client_for(gus)
    ways = {
        "ids": lambda: client.post("/users/ids", [alice.id, bob.id]).json(),
        "names": lambda: client.post("/users/usernames", ["alice", "bob"]).json(),
        "search": lambda: client.post("/users/search", {"term": "example.com"}).json(),
        "list": lambda: client.get(f"/users?in_team={team.id}").json(),
        "complete": lambda: client.get("/users/autocomplete?name=").json()["users"],
    }
    found = [user["username"] for user in ways[how]()]
    assert "alice" not in found
    assert "bob" in found


def test_they_hear_of_whom_they_see_only(client_for: Any, gus: User, alice: User, bob: User, events: list[Any]) -> None:
    client_for(alice).put("/users/me/patch", {"nickname": "x"})
    client_for(bob).put("/users/me/patch", {"nickname": "x"})
    seeing = {event.data["user"]["id"]: event.guests_see for event in events if event.name == "user_updated"}
    assert seeing == {alice.id: frozenset(), bob.id: frozenset({gus.id})}


def test_promotion_makes_a_member_everywhere(
    client_for: Any, admin: User, gus: User, team: Team, town_square: Channel
) -> None:
    client = client_for(gus)
    assert client_for(admin).post(f"/users/{gus.id}/promote").status_code == 200
    gus.refresh_from_db()
    member = TeamMember.objects.get(team_id=team.id, user_id=gus.id)
    assert (gus.roles, member.scheme_user, member.scheme_guest) == ("system_user", True, False)
    assert ChannelMember.objects.filter(channel_id=town_square.id, user_id=gus.id, scheme_user=True).exists()
    assert client.get("/users/username/alice").status_code == 200


def test_demotion_makes_a_guest_everywhere(client_for: Any, admin: User, team: Team, alice: User) -> None:
    TeamMember.objects.filter(team_id=team.id, user_id=alice.id).update(scheme_admin=True)
    with config.override(**ON):
        assert client_for(admin).post(f"/users/{alice.id}/demote").status_code == 200
    alice.refresh_from_db()
    member = TeamMember.objects.get(team_id=team.id, user_id=alice.id)
    assert (alice.roles, member.scheme_guest, member.scheme_admin) == ("system_guest", True, False)


@pytest.mark.parametrize(
    ("name", "way", "error"),
    [
        ("bob", "promote", "api.user.promote_guest_to_user.no_guest.app_error"),
        ("gus", "demote", "api.user.demote_user_to_guest.already_guest.app_error"),
    ],
)
def test_it_refuses_what_is_so_already(
    client_for: Any, admin: User, gus: User, name: str, way: str, error: str
) -> None:
    user = User.objects.get(username=name)
    with config.override(**ON):
        reply = client_for(admin).post(f"/users/{user.id}/{way}")
    assert (reply.status_code, reply.json()["id"]) == (501, error)


def test_nobody_becomes_a_guest_where_there_are_none(client_for: Any, admin: User, bob: User) -> None:
    reply = client_for(admin).post(f"/users/{bob.id}/demote")
    assert (reply.status_code, reply.json()["id"]) == (501, "api.team.demote_user_to_guest.disabled.error")


def test_members_neither_promote_nor_demote(client_for: Any, gus: User, bob: User) -> None:
    assert client_for(bob).post(f"/users/{gus.id}/promote").status_code == 403
    assert client_for(bob).post(f"/users/{bob.id}/demote").status_code == 403
    assert User.objects.get(id=gus.id).roles == "system_guest"
