"""PUT /users/{id}/auth, POST /users/login/switch and …/sso/code-exchange."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from django.test import Client

from accounts.actions.code_exchange import issue_code
from accounts.models import User
from tests.cast import PASSWORD

DATA = {"auth_service": "gitlab", "auth_data": "42"}
VERIFIER = "a-verifier-that-only-the-app-knows-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def test_a_service_replaces_the_password(client_for: Any, admin: User, alice: User) -> None:
    assert client_for(admin).put(f"/users/{alice.id}/auth", DATA).json() == DATA
    reply = client_for(None).post("/users/login", {"login_id": "alice", "password": PASSWORD})
    assert reply.json()["id"] == "api.user.login.invalid_credentials_email_username"


def test_one_identity_is_one_account(client_for: Any, admin: User, alice: User, bob: User) -> None:
    client = client_for(admin)
    client.put(f"/users/{alice.id}/auth", DATA)
    reply = client.put(f"/users/{bob.id}/auth", DATA)
    assert (reply.status_code, reply.json()["id"]) == (400, "app.user.update_auth_data.email_exists.app_error")


def test_members_set_no_service(client_for: Any, alice: User) -> None:
    assert client_for(alice).put(f"/users/{alice.id}/auth", DATA).status_code == 403


@pytest.mark.parametrize("body", [{"auth_service": "gitlab"}, {"auth_data": "42"}])
def test_a_service_needs_both(client_for: Any, admin: User, alice: User, body: dict[str, str]) -> None:
    reply = client_for(admin).put(f"/users/{alice.id}/auth", body)
    assert (reply.status_code, reply.json()["id"]) == (400, "api.user.update_user_auth.invalid_request")


def switch(client: Any, email: str = "alice@example.com") -> Any:
    body = {"current_service": "gitlab", "new_service": "email", "email": email, "new_password": "N3w-horse-1"}
    return client.post("/users/login/switch", body)


def test_one_switches_back_to_a_password(client_for: Any, admin: User, alice: User) -> None:
    client_for(admin).put(f"/users/{alice.id}/auth", DATA)
    client = client_for(alice)
    assert switch(client).json() == {"follow_link": "/login?extra=signin_change"}
    assert client.get("/users/me").status_code == 401
    alice.refresh_from_db()
    assert (alice.auth_service, alice.auth_data, alice.check_password("N3w-horse-1")) == ("", None, True)


def test_nobody_switches_anothers(client_for: Any, alice: User, bob: User) -> None:
    assert switch(client_for(bob)).json()["id"] == "api.user.oauth_to_email.context.app_error"
    assert switch(client_for(None)).status_code == 401


def exchange(client_for: Any, code: str, **change: str) -> Any:
    body = {"login_code": code, "code_verifier": VERIFIER, "state": "s", **change}
    return client_for(None).post("/users/login/sso/code-exchange", body)


def test_a_code_is_worth_a_session_once(client_for: Any, alice: User) -> None:
    code = issue_code(user=alice, challenge=CHALLENGE, state="s")
    token = exchange(client_for, code).json()["token"]
    reply = Client().get("/api/v4/users/me", headers={"Authorization": f"Bearer {token}"})
    assert reply.status_code == 200
    assert exchange(client_for, code).status_code == 404


@pytest.mark.parametrize("change", [{"code_verifier": "guessed"}, {"state": "other"}])
def test_a_stolen_code_is_worth_nothing(client_for: Any, alice: User, change: dict[str, str]) -> None:
    code = issue_code(user=alice, challenge=CHALLENGE, state="s")
    reply = exchange(client_for, code, **change)
    assert (reply.status_code, reply.json()["id"]) == (404, "api.user.create_user.signup_link_invalid.app_error")
