"""PUT /users/{id}/patch and /users/{id}."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from accounts.models import Token, User
from mattermost_site import config, jobs
from mattermost_site.ids import new_id
from mattermost_site.models import Outbox
from tests.cast import PASSWORD


def test_it_changes_what_is_named_and_keeps_the_rest(client_for: Any, alice: User) -> None:
    changed = client_for(alice).put("/users/me/patch", {"nickname": "Al"}).json()
    assert (changed["nickname"], changed["first_name"]) == ("Al", "Alice")


def test_it_tells_everybody_their_own_view(client_for: Any, alice: User, events: list[Any]) -> None:
    client_for(alice).put("/users/me/patch", {"nickname": "Al"})
    told = [event for event in events if event.name == "user_updated"]
    assert [(e.audience.user_id, e.audience.sanitized, e.audience.sensitive) for e in told] == [
        (alice.id, False, False),
        ("", True, False),
        ("", False, True),
    ]
    assert ["notify_props" in event.data["user"] for event in told] == [True, False, True]


def test_it_changes_nobody_else(client_for: Any, alice: User, bob: User) -> None:
    assert client_for(alice).put(f"/users/{bob.id}/patch", {"nickname": "x"}).status_code == 403


def test_it_ignores_what_is_not_the_persons_to_choose(client_for: Any, alice: User) -> None:
    client_for(alice).put("/users/me/patch", {"roles": "system_admin", "delete_at": 5, "email_verified": True})
    alice.refresh_from_db()
    assert (alice.roles, alice.delete_at, alice.email_verified) == ("system_user", 0, False)


def test_it_needs_the_password_for_a_new_address(client_for: Any, alice: User) -> None:
    client, new = client_for(alice), {"email": "al@example.com"}
    assert client.put("/users/me/patch", new).json()["id"] == "api.context.invalid_body_param.app_error"
    wrong = client.put("/users/me/patch", {**new, "password": "wrong-one"})
    assert (wrong.status_code, wrong.json()["id"]) == (401, "api.user.check_user_password.invalid.app_error")
    assert client.put("/users/me/patch", {**new, "password": PASSWORD}).json()["email"] == "al@example.com"


def test_it_keeps_the_old_address_until_the_new_one_is_confirmed(client_for: Any, alice: User) -> None:
    Outbox.objects.all().delete()
    with config.override(**{"EmailSettings.RequireEmailVerification": True}):
        body = {"email": "al@example.com", "password": PASSWORD}
        assert client_for(alice).put("/users/me/patch", body).json()["email"] == "alice@example.com"
    jobs.run_due()
    assert [sent.to for sent in mail.outbox] == [["al@example.com"]]
    secret = Token.objects.get(type="verify_email").token
    assert client_for(None).post("/users/email/verify", {"token": secret}).status_code == 200
    alice.refresh_from_db()
    assert (alice.email, alice.email_verified) == ("al@example.com", True)


def test_it_keeps_what_a_sign_in_service_keeps(client_for: Any, alice: User) -> None:
    User.objects.filter(id=alice.id).update(auth_service="gitlab", auth_data="7", password="")
    client = client_for(alice)
    refused = client.put("/users/me/patch", {"first_name": "Al"})
    assert (refused.status_code, refused.json()["id"]) == (
        409,
        "api.user.patch_user.login_provider_attribute_set.app_error",
    )
    assert client.put("/users/me/patch", {"nickname": "Al"}).status_code == 200


def test_it_takes_the_old_name_out_of_the_keywords(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    client.put("/users/me/patch", {"notify_props": {"mention_keys": "alice,@alice,,Boss"}})
    changed = client.put("/users/me/patch", {"username": "al"}).json()
    assert changed["notify_props"]["mention_keys"] == ",boss"


def test_it_renews_the_generated_picture_with_the_name(client_for: Any, alice: User) -> None:
    assert client_for(alice).put("/users/me/patch", {"username": "zoe"}).json()["last_picture_update"] < 0


@pytest.mark.parametrize(
    ("patch", "error"),
    [
        ({"username": "bob"}, "app.user.save.username_exists.app_error"),
        ({"username": ""}, "model.user.is_valid.username.app_error"),
        ({"nickname": "n" * 65}, "model.user.is_valid.nickname.app_error"),
        ({"locale": "xx-long"}, "model.user.is_valid.locale.app_error"),
        ({"props": {"a": 1}}, "api.context.invalid_body_param.app_error"),
    ],
)
def test_it_refuses(client_for: Any, alice: User, bob: User, patch: dict[str, Any], error: str) -> None:
    reply = client_for(alice).put("/users/me/patch", patch)
    assert (reply.status_code, reply.json()["id"]) == (400, error)
    alice.refresh_from_db()
    assert alice.username == "alice"


def test_put_empties_what_it_does_not_name(client_for: Any, alice: User) -> None:
    body = {"id": alice.id, "username": "alice", "email": "alice@example.com"}
    changed = client_for(alice).put(f"/users/{alice.id}", body).json()
    assert (changed["first_name"], changed["timezone"]) == ("", None)


def test_put_refuses_a_body_of_somebody_else(client_for: Any, alice: User, bob: User) -> None:
    reply = client_for(alice).put(f"/users/{alice.id}", {"id": bob.id, "username": "alice"})
    assert reply.json()["id"] == "api.context.invalid_body_param.app_error"


def test_put_finds_nobody(client_for: Any, admin: User) -> None:
    stranger = new_id()
    assert client_for(admin).put(f"/users/{stranger}", {"id": stranger}).status_code == 404
