"""Confirming addresses, and what is recorded of an account."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Token, User
from tests.cast import PASSWORD


def secret_for(client_for: Any, email: str) -> str:
    client_for(None).post("/users/email/verify/send", {"email": email})
    return Token.objects.get(type="verify_email").token


def verify(client_for: Any, secret: str) -> Any:
    return client_for(None).post("/users/email/verify", {"token": secret})


def test_the_link_confirms_once(client_for: Any, alice: User) -> None:
    secret = secret_for(client_for, "alice@example.com")
    assert verify(client_for, secret).status_code == 200
    alice.refresh_from_db()
    assert alice.email_verified
    again = verify(client_for, secret)
    assert (again.status_code, again.json()["id"]) == (400, "api.user.verify_email.bad_link.app_error")


@pytest.mark.parametrize(
    ("secret", "error"),
    [
        ("z" * 64, "api.user.verify_email.bad_link.app_error"),
        ("short", "api.context.invalid_body_param.app_error"),
    ],
)
def test_it_refuses_other_links(client_for: Any, db: None, secret: str, error: str) -> None:
    assert verify(client_for, secret).json()["id"] == error


def test_it_does_not_take_over_an_address_that_is_taken_meanwhile(client_for: Any, alice: User, make_user: Any) -> None:
    secret = secret_for(client_for, "alice@example.com")
    User.objects.filter(id=alice.id).update(email="al@example.com")
    make_user("eve")
    User.objects.filter(username="eve").update(email="alice@example.com")
    assert verify(client_for, secret).status_code == 400


def test_it_does_not_tell_which_addresses_exist(client_for: Any, db: None) -> None:
    reply = client_for(None).post("/users/email/verify/send", {"email": "nobody@example.com"})
    assert (reply.status_code, Token.objects.exists()) == (200, False)


def test_an_admin_vouches_for_an_address(client_for: Any, admin: User, alice: User, bob: User) -> None:
    assert client_for(bob).post(f"/users/{alice.id}/email/verify/member").status_code == 403
    assert client_for(admin).post(f"/users/{alice.id}/email/verify/member").status_code == 200
    alice.refresh_from_db()
    assert alice.email_verified


def test_signing_in_is_recorded_for_its_owner(client_for: Any, alice: User, bob: User) -> None:
    client_for(None).post("/users/login", {"login_id": "alice", "password": PASSWORD})
    found = client_for(alice).get("/users/me/audits").json()
    assert [(row["action"], PASSWORD in str(row)) for row in found] == [("/api/v4/users/login", False)]
    assert client_for(bob).get(f"/users/{alice.id}/audits").status_code == 403
