"""The second factor."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from accounts import totp
from accounts.models import User
from mattermost_site import clock, config
from tests.cast import PASSWORD

ON = {"ServiceSettings.EnableMultifactorAuthentication": True}
BAD_CODE = "api.user.check_user_mfa.bad_code.app_error"


@pytest.fixture(autouse=True)
def switched_on(db: None) -> Any:
    with config.override(**ON):
        yield


def code_of(user: User, steps: int = 0) -> str:
    user.refresh_from_db()
    return totp.code_at(user.mfa_secret, clock.now() // 1000 // totp.STEP + steps)


@pytest.fixture
def protected(client_for: Any, alice: User) -> User:
    """alice, with a second factor."""
    client = client_for(alice)
    client.post("/users/me/mfa/generate")
    assert client.put("/users/me/mfa", {"activate": True, "code": code_of(alice, -1)}).status_code == 200
    return alice


def sign_in(client_for: Any, code: str = "", password: str = PASSWORD) -> Any:
    return client_for(None).post("/users/login", {"login_id": "alice", "password": password, "token": code})


def test_the_secret_comes_with_a_picture_of_it(client_for: Any, alice: User) -> None:
    made = client_for(alice).post("/users/me/mfa/generate").json()
    assert len(base64.b32decode(made["secret"])) == 20
    assert base64.b64decode(made["qr_code"]).startswith(b"\x89PNG")


def test_a_secret_alone_changes_nothing(client_for: Any, alice: User) -> None:
    client_for(alice).post("/users/me/mfa/generate")
    assert sign_in(client_for).status_code == 200


def test_signing_in_needs_a_code(client_for: Any, protected: User) -> None:
    assert sign_in(client_for).json()["id"] == "mfa.validate_token.authenticate.app_error"
    assert sign_in(client_for, code_of(protected)).status_code == 200


def test_a_code_works_once(client_for: Any, protected: User) -> None:
    code = code_of(protected)
    assert [sign_in(client_for, code).status_code for _ in range(2)] == [200, 401]
    assert sign_in(client_for, code_of(protected, -1)).json()["id"] == BAD_CODE


def test_wrong_codes_count_and_missing_ones_do_not(client_for: Any, protected: User) -> None:
    sign_in(client_for)
    sign_in(client_for, "abcdef")
    protected.refresh_from_db()
    assert protected.failed_attempts == 1


def test_a_code_does_not_replace_the_password(client_for: Any, protected: User) -> None:
    reply = sign_in(client_for, code_of(protected), "wrong-one")
    assert reply.json()["id"] == "api.user.login.invalid_credentials_email_username"


def test_switching_it_off_wipes_the_secret(client_for: Any, protected: User) -> None:
    assert client_for(protected).put("/users/me/mfa", {"activate": False}).status_code == 200
    protected.refresh_from_db()
    assert (protected.mfa_active, protected.mfa_secret) == (False, "")


def test_it_is_nobody_elses_business(client_for: Any, alice: User, bob: User) -> None:
    assert client_for(bob).post(f"/users/{alice.id}/mfa/generate").status_code == 403
    assert client_for(bob).put(f"/users/{alice.id}/mfa", {"activate": False}).status_code == 403


@pytest.mark.parametrize("body", [{}, {"activate": True}, {"activate": True, "code": ""}, {"activate": "true"}])
def test_it_refuses(client_for: Any, alice: User, body: dict[str, Any]) -> None:
    reply = client_for(alice).put("/users/me/mfa", body)
    assert (reply.status_code, reply.json()["id"]) == (400, "api.context.invalid_body_param.app_error")


def test_it_is_refused_where_it_is_off(client_for: Any, alice: User) -> None:
    with config.override(**{"ServiceSettings.EnableMultifactorAuthentication": False}):
        reply = client_for(alice).post("/users/me/mfa/generate")
    assert (reply.status_code, reply.json()["id"]) == (501, "mfa.mfa_disabled.app_error")


def test_where_it_is_enforced_nothing_else_works_before(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    with config.override(**{"ServiceSettings.EnforceMultifactorAuthentication": True}):
        refused = client.get("/users/me")
        assert (refused.status_code, refused.json()["id"]) == (403, "api.context.mfa_required.app_error")
        assert client.post("/users/me/mfa/generate").status_code == 200
        client.put("/users/me/mfa", {"activate": True, "code": code_of(alice)})
        assert client.get("/users/me").status_code == 200
