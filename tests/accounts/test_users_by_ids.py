"""POST /users/ids and /users/usernames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from mattermost_site.ids import new_id


def test_it_answers_each_once_in_the_given_order(client_for: Any, alice: User, bob: User) -> None:
    wanted = [bob.id, new_id(), alice.id, bob.id, "short"]
    found = client_for(alice).post("/users/ids", wanted).json()
    assert [user["id"] for user in found] == [bob.id, alice.id]


def test_it_shows_oneself_as_others_do(client_for: Any, alice: User) -> None:
    assert "notify_props" not in client_for(alice).post("/users/ids", [alice.id]).json()[0]


def test_it_shows_an_admin_more(client_for: Any, admin: User, alice: User) -> None:
    assert "notify_props" in client_for(admin).post("/users/ids", [alice.id]).json()[0]


def test_it_answers_only_what_changed_since(client_for: Any, alice: User, bob: User) -> None:
    User.objects.filter(id=bob.id).update(update_at=5000)
    User.objects.filter(id=alice.id).update(update_at=4000)
    found = client_for(alice).post("/users/ids?since=4000", [alice.id, bob.id]).json()
    assert [user["id"] for user in found] == [bob.id]


def test_it_finds_by_exact_names(client_for: Any, alice: User, bob: User) -> None:
    found = client_for(alice).post("/users/usernames", ["bob", "ALICE", "nobody"]).json()
    assert [user["username"] for user in found] == ["bob"]


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/users/ids", [], "api.context.invalid_body_param.app_error"),
        ("/users/ids", [1], "api.payload.parse.error"),
        ("/users/ids?since=soon", ["a" * 26], "api.context.invalid_body_param.app_error"),
        ("/users/usernames", {}, "api.payload.parse.error"),
    ],
)
def test_it_refuses(client_for: Any, alice: User, path: str, body: Any, error: str) -> None:
    reply = client_for(alice).post(path, body)
    assert (reply.status_code, reply.json()["id"]) == (400, error)


@pytest.mark.usefixtures("serving")
def test_it_takes_one_statement_for_many(
    client_for: Any, alice: User, make_user: Callable[..., User], django_assert_num_queries: Any
) -> None:
    people = [make_user(f"person{number}").id for number in range(20)]
    client = client_for(alice)
    client.post("/users/ids", people)
    with django_assert_num_queries(1):
        client.post("/users/ids", people)
