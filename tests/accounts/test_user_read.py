"""GET /users/{id}, by name and by address."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Bot, User
from mattermost_site import config

PRIVATE = ("notify_props", "email_verified", "last_password_update", "failed_attempts")


def test_it_shows_oneself_everything_but_secrets(client_for: Any, alice: User) -> None:
    User.objects.filter(id=alice.id).update(mfa_secret="SECRET", failed_attempts=2)
    seen = client_for(alice).get("/users/me").json()
    assert seen["notify_props"] and seen["last_password_update"] and seen["failed_attempts"] == 2
    assert not {"password", "mfa_secret", "last_login"} & seen.keys()


def test_it_hides_private_fields_from_others(client_for: Any, alice: User, bob: User) -> None:
    seen = client_for(bob).get(f"/users/{alice.id}").json()
    assert not set(PRIVATE) & seen.keys()
    assert seen["auth_data"] == ""


def test_it_hides_names_and_addresses_where_the_server_says_so(client_for: Any, alice: User, bob: User) -> None:
    hidden = {"PrivacySettings.ShowEmailAddress": False, "PrivacySettings.ShowFullName": False}
    with config.override(**hidden):
        seen = client_for(bob).get(f"/users/{alice.id}").json()
        by_address = client_for(bob).get("/users/email/alice@example.com")
    assert (seen["email"], seen["first_name"]) == ("", "")
    assert (by_address.status_code, by_address.json()["id"]) == (
        403,
        "api.user.get_user_by_email.permissions.app_error",
    )


def test_it_tells_of_a_bot(client_for: Any, alice: User, bob: User) -> None:
    Bot.objects.create(user_id=bob.id, owner_id=alice.id, description="helps")
    seen = client_for(alice).get(f"/users/{bob.id}").json()
    assert (seen["is_bot"], seen["bot_description"]) == (True, "helps")


def test_it_answers_304_until_the_account_changes(client_for: Any, alice: User, bob: User) -> None:
    client = client_for(bob)
    etag = client.get(f"/users/{alice.id}").headers["ETag"]
    assert client.get(f"/users/{alice.id}", HTTP_IF_NONE_MATCH=etag).status_code == 304
    User.objects.filter(id=alice.id).update(update_at=alice.update_at + 1)
    assert client.get(f"/users/{alice.id}", HTTP_IF_NONE_MATCH=etag).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/users/" + "a" * 26, 404, "app.user.missing_account.const"),
        ("/users/short", 400, "api.context.invalid_url_param.app_error"),
        ("/users/username/nobody", 404, "app.user.get_by_username.app_error"),
        ("/users/username/ALICE", 400, "api.context.invalid_body_param.app_error"),
        ("/users/email/nobody@example.com", 404, "app.user.missing_account.const"),
        ("/users/email/nonsense", 400, "api.context.invalid_url_param.app_error"),
    ],
)
def test_it_finds_nobody(client_for: Any, alice: User, path: str, status: int, error: str) -> None:
    reply = client_for(alice).get(path)
    assert (reply.status_code, reply.json()["id"]) == (status, error)


@pytest.mark.usefixtures("serving")
def test_it_reads_me_with_one_statement(client_for: Any, alice: User, django_assert_num_queries: Any) -> None:
    client = client_for(alice)
    client.get("/users/me")
    with django_assert_num_queries(1):
        client.get("/users/me")
