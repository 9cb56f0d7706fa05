"""GET /users/stats, /users/stats/filtered, /users/known and /users/invalid_emails."""

from __future__ import annotations

from typing import Any

from accounts.models import Bot, User
from mattermost_site import config
from teams.models import Team


def count(reply: Any) -> int:
    total: int = reply.json()["total_users_count"]
    return total


def test_it_counts_the_active(client_for: Any, alice: User, bob: User, charlie: User) -> None:
    User.objects.filter(id=bob.id).update(delete_at=1)
    assert count(client_for(alice).get("/users/stats")) == 2


def test_it_counts_a_team_without_bots_and_the_deactivated(
    client_for: Any, admin: User, team: Team, alice: User, bob: User
) -> None:
    client, path = client_for(admin), f"/users/stats/filtered?in_team={team.id}"
    Bot.objects.create(user_id=bob.id, owner_id=alice.id)
    assert (count(client.get(path)), count(client.get(f"{path}&include_bots=true"))) == (1, 2)
    User.objects.filter(id=alice.id).update(delete_at=1)
    assert (count(client.get(path)), count(client.get(f"{path}&include_deleted=true"))) == (0, 1)


def test_it_counts_for_admins_only(client_for: Any, team: Team, alice: User) -> None:
    assert client_for(alice).get(f"/users/stats/filtered?in_team={team.id}").status_code == 403


def test_it_refuses_malformed_roles(client_for: Any, admin: User) -> None:
    reply = client_for(admin).get("/users/stats/filtered?roles=Bad%20Role")
    assert (reply.status_code, reply.json()["id"]) == (400, "api.context.invalid_body_param.app_error")


def test_known_are_those_of_the_same_channels(
    client_for: Any, team: Team, alice: User, bob: User, charlie: User
) -> None:
    assert client_for(alice).get("/users/known").json() == [bob.id]
    assert client_for(charlie).get("/users/known").json() == []


def test_it_finds_addresses_of_other_domains(client_for: Any, admin: User, make_user: Any) -> None:
    make_user("dora")
    User.objects.filter(username="dora").update(email="dora@elsewhere.example.org")
    client = client_for(admin)
    with config.override(**{"TeamSettings.RestrictCreationToDomains": "example.com"}):
        assert [user["username"] for user in client.get("/users/invalid_emails").json()] == ["dora"]
    with config.override(**{"TeamSettings.EnableOpenServer": True}):
        assert client.get("/users/invalid_emails").status_code == 400
