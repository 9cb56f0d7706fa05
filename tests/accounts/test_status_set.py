"""Setting presence over REST."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import Status, User

INVALID_BODY = "api.context.invalid_body_param.app_error"


@pytest.mark.parametrize(("wanted", "manual"), [("away", True), ("dnd", True), ("offline", True), ("online", False)])
def test_it_is_set_and_shown(client_for: Any, alice: User, wanted: str, manual: bool) -> None:
    reply = client_for(alice).put("/users/me/status", {"user_id": alice.id, "status": wanted})
    shown = orjson.loads(reply.content)
    assert (reply.status_code, shown["status"], shown["manual"]) == (200, wanted, manual)


def test_it_takes_an_end_of_do_not_disturb(client_for: Any, alice: User) -> None:
    body = {"user_id": alice.id, "status": "dnd", "dnd_end_time": 4_000_000_019}
    reply = client_for(alice).put("/users/me/status", body)
    assert orjson.loads(reply.content)["dnd_end_time"] == 3_999_999_960


@pytest.mark.parametrize(
    "changes", [{"status": "ooo"}, {"status": "busy"}, {"status": 5}, {"user_id": ""}, {"dnd_end_time": "soon"}]
)
def test_it_refuses_other_values(client_for: Any, alice: User, changes: dict[str, Any]) -> None:
    reply = client_for(alice).put("/users/me/status", {"user_id": alice.id, "status": "away"} | changes)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, INVALID_BODY)
    assert not Status.objects.filter(user_id=alice.id).exists()


def test_it_is_set_by_nobody_else(client_for: Any, alice: User, bob: User) -> None:
    reply = client_for(bob).put(f"/users/{alice.id}/status", {"user_id": alice.id, "status": "away"})
    assert reply.status_code == 403


def test_it_is_set_by_the_system_admin(client_for: Any, admin: User, alice: User) -> None:
    client_for(admin).put(f"/users/{alice.id}/status", {"user_id": alice.id, "status": "away"})
    assert Status.objects.get(user_id=alice.id).status == "away"


def test_it_ends_automatic_replies(client_for: Any, alice: User) -> None:
    User.objects.filter(id=alice.id).update(notify_props={"auto_responder_active": "true"})
    Status.objects.create(user_id=alice.id, status="ooo", manual=True)
    client_for(alice).put("/users/me/status", {"user_id": alice.id, "status": "online"})
    assert User.objects.get(id=alice.id).notify_props == {"auto_responder_active": "false"}


def test_it_leaves_automatic_replies_otherwise(client_for: Any, alice: User) -> None:
    User.objects.filter(id=alice.id).update(notify_props={"auto_responder_active": "true"})
    Status.objects.create(user_id=alice.id, status="away", manual=True)
    client_for(alice).put("/users/me/status", {"user_id": alice.id, "status": "online"})
    assert User.objects.get(id=alice.id).notify_props == {"auto_responder_active": "true"}
