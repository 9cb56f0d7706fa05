"""PUT /users/{id}/roles."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Session, User

BOTH = "system_user system_admin"


def test_it_holds_at_once_in_open_sessions(client_for: Any, admin: User, alice: User, bob: User) -> None:
    theirs = client_for(alice)
    assert "notify_props" not in theirs.get(f"/users/{bob.id}").json()
    assert client_for(admin).put(f"/users/{alice.id}/roles", {"roles": BOTH}).status_code == 200
    assert "notify_props" in theirs.get(f"/users/{bob.id}").json()
    assert set(Session.objects.filter(user_id=alice.id).values_list("roles", flat=True)) == {BOTH}


def test_it_tells_the_user_only(client_for: Any, admin: User, alice: User, events: list[Any]) -> None:
    client_for(admin).put(f"/users/{alice.id}/roles", {"roles": BOTH})
    assert [(event.name, event.audience.user_id) for event in events] == [("user_role_updated", alice.id)]


def test_the_last_admin_stays(client_for: Any, admin: User) -> None:
    reply = client_for(admin).put("/users/me/roles", {"roles": "system_user"})
    assert (reply.status_code, reply.json()["id"]) == (400, "app.user.update.lastAdmin.app_error")


def test_members_appoint_nobody(client_for: Any, alice: User) -> None:
    assert client_for(alice).put("/users/me/roles", {"roles": BOTH}).status_code == 403


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"roles": "system_user no_such_role"}, "app.role.check_roles_exist.role_not_found"),
        ({"roles": "system_user Bad-Role!"}, "api.context.invalid_body_param.app_error"),
        ({"roles": "system_admin"}, "api.context.invalid_body_param.app_error"),
        ({}, "api.context.invalid_body_param.app_error"),
    ],
)
def test_it_refuses(client_for: Any, admin: User, alice: User, body: dict[str, Any], error: str) -> None:
    reply = client_for(admin).put(f"/users/{alice.id}/roles", body)
    assert (reply.status_code, reply.json()["id"]) == (400, error)
    alice.refresh_from_db()
    assert alice.roles == "system_user"
