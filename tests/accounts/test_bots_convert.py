"""POST /users/{id}/convert_to_bot and /bots/{id}/convert_to_user."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Bot, User
from mattermost_site import config
from mattermost_site.models import Outbox
from messaging.models import Channel
from tests.accounts.bots import MISSING, make_bot, token_of
from tests.cast import PASSWORD

NEW = "another-horse-2"


def sign_in(client_for: Any, name: str, password: str) -> Any:
    """Logging in with a name and a password."""
    return client_for(None).post("/users/login", {"login_id": name, "password": password})


def test_a_person_becomes_a_bot_that_owns_itself(client_for: Any, admin: User, bob: User) -> None:
    shown = client_for(admin).post(f"/users/{bob.id}/convert_to_bot").json()
    assert (shown["user_id"], shown["owner_id"], shown["display_name"]) == (bob.id, bob.id, "bob")
    assert client_for(admin).get(f"/users/{bob.id}").json()["is_bot"]


def test_its_sessions_are_over_and_none_begins(client_for: Any, admin: User, bob: User) -> None:
    theirs = client_for(bob)
    client_for(admin).post(f"/users/{bob.id}/convert_to_bot")
    assert theirs.get("/users/me").status_code == 401
    reply = sign_in(client_for, "bob", PASSWORD)
    assert (reply.status_code, reply.json()["id"]) == (401, "api.user.login.bot_login_forbidden.app_error")


def test_a_bot_is_not_made_one_again(client_for: Any, admin: User, bob: User) -> None:
    boss = client_for(admin)
    boss.post(f"/users/{bob.id}/convert_to_bot")
    reply = boss.post(f"/users/{bob.id}/convert_to_bot")
    assert (reply.status_code, reply.json()["id"]) == (400, "app.bot.createbot.internal_error")


def test_only_admins_convert(client_for: Any, admin: User, alice: User) -> None:
    bot, _ = make_bot(alice)
    member = client_for(alice)
    assert member.post(f"/users/{alice.id}/convert_to_bot").status_code == 403
    assert member.post(f"/bots/{bot.id}/convert_to_user", {"password": NEW}).status_code == 403
    assert Bot.objects.filter(user_id=bot.id).exists()


def test_a_bot_becomes_a_person_who_signs_in(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    body = {"password": NEW, "email": "robin@example.com", "username": "robin"}
    reply = client_for(admin).post(f"/bots/{bot.id}/convert_to_user", body)
    assert (reply.status_code, reply.json()["username"], reply.json()["is_bot"]) == (200, "robin", True)
    assert not Bot.objects.filter(user_id=bot.id).exists()
    assert sign_in(client_for, "robin", NEW).status_code == 200


def test_an_admin_is_made_of_it_on_request(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    client_for(admin).post(f"/bots/{bot.id}/convert_to_user?set_system_admin=true", {"password": NEW})
    assert User.objects.get(id=bot.id).roles == "system_user system_admin"


def test_its_token_no_longer_writes_as_a_bot(client_for: Any, admin: User, town_square: Channel) -> None:
    bot, _ = make_bot(admin)
    boss, headers = client_for(admin), {"Authorization": f"Bearer {token_of(bot)}"}
    boss.post(f"/teams/{town_square.team_id}/members", {"team_id": town_square.team_id, "user_id": bot.id})
    post = {"channel_id": town_square.id, "message": "hello"}
    nobody = client_for(None)
    assert nobody.post("/posts", post, headers=headers).json()["props"] == {"from_bot": "true"}
    boss.post(f"/bots/{bot.id}/convert_to_user", {"password": NEW})
    with config.override(**{"ServiceSettings.EnableUserAccessTokens": True}):
        assert nobody.post("/posts", post, headers=headers).json()["props"] == {}
    assert nobody.post("/posts", post, headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "api.context.invalid_body_param.app_error"),
        ({"password": ""}, "api.context.invalid_body_param.app_error"),
        ({"password": 7}, "api.context.invalid_body_param.app_error"),
        ({"password": "x"}, "model.user.is_valid.pwd_min_length.app_error"),
        ({"password": NEW, "username": "alice"}, "app.user.save.username_exists.app_error"),
        ({"password": NEW, "email": "alice@example.com"}, "app.user.save.email_exists.app_error"),
        ({"password": NEW, "props": {"a": 1}}, "api.context.invalid_body_param.app_error"),
    ],
)
def test_it_refuses_and_leaves_the_bot(
    client_for: Any, admin: User, alice: User, body: dict[str, Any], error: str
) -> None:
    bot, _ = make_bot(admin)
    reply = client_for(admin).post(f"/bots/{bot.id}/convert_to_user", {"nickname": "Robby", **body})
    assert (reply.status_code, reply.json()["id"]) == (400, error)
    assert Bot.objects.filter(user_id=bot.id).exists()
    assert User.objects.get(id=bot.id).nickname == ""


def test_people_and_disabled_bots_are_not_converted(client_for: Any, admin: User, alice: User) -> None:
    bot, _ = make_bot(admin)
    boss = client_for(admin)
    boss.post(f"/bots/{bot.id}/disable")
    for user_id in (alice.id, bot.id):
        reply = boss.post(f"/bots/{user_id}/convert_to_user", {"password": NEW})
        assert (reply.status_code, reply.json()["id"]) == (404, MISSING)


def test_a_new_address_is_to_be_confirmed_where_sign_in_needs_that(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    needed = {"EmailSettings.RequireEmailVerification": True, "EmailSettings.SendEmailNotifications": True}
    with config.override(**needed):
        body = {"password": NEW, "email": "robin@example.com"}
        client_for(admin).post(f"/bots/{bot.id}/convert_to_user", body)
    mails = Outbox.objects.filter(kind="accounts.send_mail").values_list("payload", flat=True)
    told = [(mail["kind"], mail["to"]) for mail in mails if mail["to"] != admin.email]
    assert told == [("verify_email", "robin@example.com")]
