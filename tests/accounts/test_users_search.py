"""POST /users/search and GET /users/autocomplete."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from messaging.models import Channel, ChannelMember
from teams.models import Team


def names(users: list[dict[str, Any]]) -> list[str]:
    return [user["username"] for user in users]


@pytest.mark.parametrize("term", ["ali", "@ALICE", "lic", "a", "alice@example.com", "alice Ali"])
def test_it_finds_by_parts_of_names(client_for: Any, alice: User, bob: User, term: str) -> None:
    assert names(client_for(bob).post("/users/search", {"term": term}).json()) == ["alice"]


@pytest.mark.parametrize("term", ["100%", "a_ice", "*", "\\"])
def test_it_takes_wildcards_literally(client_for: Any, alice: User, term: str) -> None:
    assert client_for(alice).post("/users/search", {"term": term}).json() == []


@pytest.mark.parametrize("term", ["example.com", "Alice"])
def test_it_does_not_let_guess_what_is_hidden(client_for: Any, alice: User, bob: User, term: str) -> None:
    User.objects.filter(id=alice.id).update(username="sphinx", first_name="Alice")
    hidden = {"PrivacySettings.ShowEmailAddress": False, "PrivacySettings.ShowFullName": False}
    with config.override(**hidden):
        assert client_for(bob).post("/users/search", {"term": term}).json() == []


def test_it_leaves_out_the_deactivated_unless_asked(client_for: Any, alice: User, bob: User) -> None:
    User.objects.filter(id=bob.id).update(delete_at=1)
    client = client_for(alice)
    assert client.post("/users/search", {"term": "bob"}).json() == []
    assert names(client.post("/users/search", {"term": "bob", "allow_inactive": True}).json()) == ["bob"]


def test_it_searches_a_team_for_members_only(client_for: Any, team: Team, alice: User, charlie: User) -> None:
    body = {"term": "b", "team_id": team.id}
    assert names(client_for(alice).post("/users/search", body).json()) == ["bob"]
    assert client_for(charlie).post("/users/search", body).status_code == 403


@pytest.mark.parametrize(
    "body", [{"term": ""}, {"term": 5}, {"term": "a", "limit": 1001}, {"term": "a", "not_in_channel_id": "x" * 26}]
)
def test_it_refuses(client_for: Any, alice: User, body: dict[str, Any]) -> None:
    reply = client_for(alice).post("/users/search", body)
    assert (reply.status_code, reply.json()["id"]) == (400, "api.context.invalid_body_param.app_error")


def test_it_completes_in_a_channel_with_the_rest_of_the_team_apart(
    client_for: Any, team: Team, town_square: Channel, alice: User, bob: User
) -> None:
    ChannelMember.objects.filter(channel_id=town_square.id, user_id=bob.id).delete()
    found = client_for(alice).get(f"/users/autocomplete?in_team={team.id}&in_channel={town_square.id}").json()
    assert (names(found["users"]), names(found["out_of_channel"])) == (["alice"], ["bob"])


def test_it_completes_no_channel_without_its_team(client_for: Any, town_square: Channel, alice: User) -> None:
    reply = client_for(alice).get(f"/users/autocomplete?in_channel={town_square.id}&name=b")
    assert (reply.status_code, reply.json()["id"]) == (400, "api.user.autocomplete_users.missing_team_id.app_error")


def test_it_completes_no_channel_of_others(client_for: Any, team: Team, town_square: Channel, charlie: User) -> None:
    path = f"/users/autocomplete?in_team={team.id}&in_channel={town_square.id}"
    assert client_for(charlie).get(path).status_code == 403


def test_one_letter_counts_where_a_name_begins(client_for: Any, alice: User, bob: User) -> None:
    assert names(client_for(alice).post("/users/search", {"term": "b"}).json()) == ["bob"]
    assert client_for(alice).post("/users/search", {"term": "i"}).json() == []


def test_it_finds_by_id(client_for: Any, alice: User, bob: User) -> None:
    assert names(client_for(alice).post("/users/search", {"term": bob.id}).json()) == ["bob"]


@pytest.mark.parametrize("term", ["a" * 100_000, "a " * 50_000])
def test_it_takes_any_length(client_for: Any, alice: User, term: str) -> None:
    assert client_for(alice).post("/users/search", {"term": term}).json() == []
