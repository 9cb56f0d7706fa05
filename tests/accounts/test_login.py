"""POST /users/login and /users/logout."""

from __future__ import annotations

from typing import Any

import bcrypt
import pytest
from django.test import Client

from accounts.models import Bot, Session, User
from mattermost_site import config
from tests.cast import PASSWORD

INVALID = "api.user.login.invalid_credentials_email_username"


def sign_in(client_for: Any, login_id: str = "alice", password: str = PASSWORD, **more: Any) -> Any:
    return client_for(None).post("/users/login", {"login_id": login_id, "password": password, **more})


@pytest.mark.parametrize("login_id", ["alice", "ALICE", "alice@example.com", "Alice@Example.com"])
def test_it_takes_name_and_address_in_any_case(client_for: Any, alice: User, login_id: str) -> None:
    assert sign_in(client_for, login_id).json()["id"] == alice.id


def test_its_token_works_and_is_stored_as_a_digest_only(client_for: Any, alice: User) -> None:
    token = sign_in(client_for).headers["Token"]
    assert Client().get("/api/v4/users/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert not Session.objects.filter(token=token).exists()


def test_a_stored_digest_is_no_token(client_for: Any, alice: User) -> None:
    sign_in(client_for)
    stolen = Session.objects.values_list("token", flat=True)[0]
    reply = Client().get("/api/v4/users/me", headers={"Authorization": f"Bearer {stolen}"})
    assert reply.status_code == 401


def test_it_sets_cookies_for_browsers_only(client_for: Any, alice: User) -> None:
    plain = sign_in(client_for)
    body = {"login_id": "alice", "password": PASSWORD}
    browser: Any = client_for(None).post("/users/login", body, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert not plain.cookies
    assert {name: bool(cookie["httponly"]) for name, cookie in browser.cookies.items()} == {
        "MMAUTHTOKEN": True,
        "MMUSERID": False,
        "MMCSRF": False,
    }


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({"login_id": "alice", "password": "wrong-one"}, 401, INVALID),
        ({"login_id": "nobody", "password": PASSWORD}, 401, INVALID),
        ({"password": PASSWORD}, 401, INVALID),
        ({"login_id": "alice"}, 400, "api.user.login.blank_pwd.app_error"),
        ({"login_id": 5, "password": True}, 400, "api.user.login.blank_pwd.app_error"),
    ],
)
def test_it_refuses(client_for: Any, alice: User, body: dict[str, Any], status: int, error: str) -> None:
    reply = client_for(None).post("/users/login", body)
    assert (reply.status_code, reply.json()["id"]) == (status, error)


def test_it_locks_after_too_many_attempts(client_for: Any, alice: User) -> None:
    with config.override(**{"ServiceSettings.MaximumLoginAttempts": 2}):
        answers = [sign_in(client_for, password="wrong-one").json()["id"] for _ in range(2)]
        answers.append(sign_in(client_for).json()["id"])
    assert answers == [INVALID, INVALID, "api.user.check_user_login_attempts.too_many.app_error"]


def test_it_forgets_failed_attempts_after_success(client_for: Any, alice: User) -> None:
    sign_in(client_for, password="wrong-one")
    sign_in(client_for)
    alice.refresh_from_db()
    assert alice.failed_attempts == 0


def test_it_stores_an_old_hash_anew(client_for: Any, alice: User) -> None:
    old = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    User.objects.filter(id=alice.id).update(password=old)
    assert sign_in(client_for).status_code == 200
    alice.refresh_from_db()
    assert alice.password.startswith("$pbkdf2$")
    assert sign_in(client_for).status_code == 200


def test_it_lets_no_bot_in(client_for: Any, alice: User) -> None:
    Bot.objects.create(user_id=alice.id, owner_id="x")
    assert sign_in(client_for).json()["id"] == "api.user.login.bot_login_forbidden.app_error"


def test_it_lets_no_guest_in_where_there_are_none(client_for: Any, alice: User) -> None:
    User.objects.filter(id=alice.id).update(roles="system_guest")
    assert sign_in(client_for).json()["id"] == INVALID


def test_it_asks_to_confirm_the_address_first(client_for: Any, alice: User) -> None:
    with config.override(**{"EmailSettings.RequireEmailVerification": True}):
        assert sign_in(client_for).json()["id"] == "api.user.login.not_verified.app_error"


def test_a_new_sign_in_of_a_device_ends_the_old_one(client_for: Any, alice: User) -> None:
    first = sign_in(client_for, device_id="apple_rn:1").headers["Token"]
    sign_in(client_for, device_id="apple_rn:1")
    assert Client().get("/api/v4/users/me", headers={"Authorization": f"Bearer {first}"}).status_code == 401


def test_logout_ends_the_session(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    assert client.post("/users/logout").status_code == 200
    assert client.get("/users/me").status_code == 401
    assert client.post("/users/logout").status_code == 200
