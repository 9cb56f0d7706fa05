"""PUT /users/{id}/password, and the way back by mail."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail

from accounts.models import Token, User
from mattermost_site import clock, config, jobs
from mattermost_site.models import Outbox
from tests.cast import PASSWORD

NEW = "N3w-horse-1"


def change(client: Any, user_id: str = "me", current: str = PASSWORD, new: str = NEW) -> Any:
    return client.put(f"/users/{user_id}/password", {"current_password": current, "new_password": new})


def password_of(user: User) -> bool:
    user.refresh_from_db()
    return user.check_password(NEW)


def test_it_changes_ones_own(client_for: Any, alice: User) -> None:
    assert change(client_for(alice)).status_code == 200
    assert password_of(alice)


def test_it_needs_the_present_one(client_for: Any, alice: User) -> None:
    reply = change(client_for(alice), current="wrong-one")
    assert (reply.status_code, reply.json()["id"]) == (400, "api.user.update_password.incorrect.app_error")
    assert not password_of(alice)


def test_it_counts_wrong_guesses(client_for: Any, alice: User) -> None:
    with config.override(**{"ServiceSettings.MaximumLoginAttempts": 1}):
        change(client_for(alice), current="wrong-one")
        assert change(client_for(alice)).json()["id"] == "api.user.check_user_login_attempts.too_many.app_error"


def test_it_changes_nobody_elses(client_for: Any, alice: User, bob: User) -> None:
    reply = change(client_for(alice), bob.id)
    assert (reply.status_code, reply.json()["id"]) == (403, "api.user.update_password.context.app_error")


def test_an_admin_changes_anybodys_and_unlocks(client_for: Any, admin: User, alice: User) -> None:
    User.objects.filter(id=alice.id).update(failed_attempts=10)
    assert change(client_for(admin), alice.id, current="").status_code == 200
    assert password_of(alice)
    assert alice.failed_attempts == 0


def test_it_ends_other_sessions_where_the_server_says_so(client_for: Any, alice: User) -> None:
    here, there = client_for(alice), client_for(alice)
    with config.override(**{"ServiceSettings.TerminateSessionsOnPasswordChange": True}):
        change(here)
    assert (here.get("/users/me").status_code, there.get("/users/me").status_code) == (200, 401)


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("Ab-1", "pwd_min_length"),
        ("Ab-1" * 19, "pwd_max_length"),
        ("abcdefghij", "pwd_uppercase_number_symbol"),
        ("Abcdefgh12", "pwd_symbol"),
        ("ÄBCDEFG-12", "pwd_lowercase"),
    ],
)
def test_it_names_what_a_password_lacks(client_for: Any, alice: User, password: str, error: str) -> None:
    rules = dict.fromkeys(("Lowercase", "Uppercase", "Number", "Symbol"), True)
    with config.override(**{f"PasswordSettings.{name}": value for name, value in rules.items()}):
        reply = change(client_for(alice), new=password)
    assert reply.json()["id"] == f"model.user.is_valid.{error}.app_error"


def reset_secret(client_for: Any) -> str:
    client_for(None).post("/users/password/reset/send", {"email": "Alice@example.com"})
    return Token.objects.get(type="password_recovery").token


def reset(client_for: Any, secret: str, new: str = NEW) -> Any:
    return client_for(None).post("/users/password/reset", {"token": secret, "new_password": new})


def test_the_link_comes_by_mail_and_works_once(client_for: Any, alice: User) -> None:
    Outbox.objects.all().delete()
    secret = reset_secret(client_for)
    jobs.run_due()
    found = re.search(r"token=(\w{64})", str(mail.outbox[0].body))
    assert found and found[1] == secret
    assert reset(client_for, secret).status_code == 200
    assert password_of(alice)
    assert reset(client_for, secret).json()["id"] == "api.user.reset_password.invalid_link.app_error"


def test_only_the_newest_link_works(client_for: Any, alice: User) -> None:
    old = reset_secret(client_for)
    reset_secret(client_for)
    assert reset(client_for, old).json()["id"] == "api.user.reset_password.invalid_link.app_error"


def test_a_bad_password_leaves_the_link_usable(client_for: Any, alice: User) -> None:
    secret = reset_secret(client_for)
    assert reset(client_for, secret, "short").status_code == 400
    assert reset(client_for, secret).status_code == 200


def test_a_link_dies_with_its_day_and_its_address(client_for: Any, alice: User, monkeypatch: Any) -> None:
    secret = reset_secret(client_for)
    User.objects.filter(id=alice.id).update(email="al@example.com")
    assert reset(client_for, secret).json()["id"] == "api.user.reset_password.link_expired.app_error"
    User.objects.filter(id=alice.id).update(email="alice@example.com")
    later = clock.now() + 25 * clock.HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    assert reset(client_for, secret).json()["id"] == "api.user.reset_password.link_expired.app_error"


def test_it_does_not_tell_which_addresses_exist(client_for: Any, db: None) -> None:
    reply = client_for(None).post("/users/password/reset/send", {"email": "nobody@example.com"})
    assert (reply.status_code, reply.json()) == (200, {"status": "OK"})
    assert not Token.objects.exists()
