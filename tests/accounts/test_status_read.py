"""Reading presence over REST."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import Status, User
from mattermost_site import config
from mattermost_site.ids import new_id

OFFLINE = {"status": "offline", "manual": False, "last_activity_at": 0, "dnd_end_time": 0}


def test_it_shows_one(client_for: Any, alice: User, bob: User) -> None:
    Status.objects.create(user_id=bob.id, status="dnd", manual=True, last_activity_at=5, dnd_end_time=60)
    reply = client_for(alice).get(f"/users/{bob.id}/status")
    assert orjson.loads(reply.content) == {
        "user_id": bob.id,
        "status": "dnd",
        "manual": True,
        "last_activity_at": 5,
        "dnd_end_time": 60,
    }


def test_it_shows_who_did_nothing_as_offline(client_for: Any, alice: User) -> None:
    assert orjson.loads(client_for(alice).get("/users/me/status").content) == {"user_id": alice.id, **OFFLINE}


def test_it_shows_several_each_once(client_for: Any, alice: User, bob: User) -> None:
    Status.objects.create(user_id=alice.id, status="online", last_activity_at=9)
    stranger = new_id()
    reply = client_for(alice).post("/users/status/ids", [bob.id, alice.id, stranger, bob.id])
    found = orjson.loads(reply.content)
    assert [row["user_id"] for row in found] == [bob.id, alice.id, stranger]
    assert [row["status"] for row in found] == ["offline", "online", "offline"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ([], "api.context.invalid_body_param.app_error"),
        (["short"], "api.context.invalid_body_param.app_error"),
        ({"ids": []}, "api.payload.parse.error"),
    ],
)
def test_it_refuses_other_lists(client_for: Any, alice: User, body: Any, error: str) -> None:
    reply = client_for(alice).post("/users/status/ids", body)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, error)


@pytest.mark.parametrize("path", ["/users/me/status", "/users/status/ids"])
def test_it_shows_nothing_without_a_session(client_for: Any, path: str) -> None:
    nobody = client_for(None)
    reply = nobody.get(path) if path.endswith("status") else nobody.post(path, [new_id()])
    assert reply.status_code == 401


def test_it_shows_nothing_where_presence_is_off(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    with config.override(**{"ServiceSettings.EnableUserStatuses": False}):
        assert orjson.loads(client.post("/users/status/ids", [alice.id]).content) == []
        assert client.get("/users/me/status").status_code == 404


@pytest.mark.usefixtures("serving")
def test_it_takes_one_statement_for_many(client_for: Any, alice: User, django_assert_num_queries: Any) -> None:
    client = client_for(alice)
    client.get("/users/me/status")
    with django_assert_num_queries(1):
        client.post("/users/status/ids", [new_id() for _ in range(200)])
