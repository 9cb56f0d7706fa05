"""What bots do with their tokens, and what their owners do for them."""

from __future__ import annotations

from typing import Any

from accounts.models import User, UserAccessToken
from mattermost_site import config
from mattermost_site.models import Outbox
from messaging.models import Channel
from tests.accounts.bots import grant, make_bot, token_of


def test_its_token_works_while_those_of_people_are_off(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    with config.override(**{"ServiceSettings.EnableUserAccessTokens": False}):
        reply = client_for(admin).post(f"/users/{bot.id}/tokens", {"description": "for work"})
        headers = {"Authorization": f"Bearer {reply.json()['token']}"}
        assert client_for(None).get("/users/me", headers=headers).json()["id"] == bot.id


def test_owners_make_tokens_for_their_own_only(client_for: Any, admin: User, alice: User) -> None:
    own, other = make_bot(alice)[0], make_bot(admin, "other")[0]
    grant("system_user", "create_user_access_token", "manage_bots")
    owner = client_for(alice)
    assert owner.post(f"/users/{own.id}/tokens", {"description": "x"}).status_code == 200
    assert owner.post(f"/users/{other.id}/tokens", {"description": "x"}).status_code == 404
    assert UserAccessToken.objects.filter(user_id=other.id).count() == 0


def test_a_bot_posts_where_it_is_a_member(client_for: Any, admin: User, town_square: Channel) -> None:
    bot, _ = make_bot(admin)
    headers = {"Authorization": f"Bearer {token_of(bot)}"}
    post = {"channel_id": town_square.id, "message": "beep", "props": {"from_bot": "no"}}
    assert client_for(None).post("/posts", post, headers=headers).status_code == 403
    body = {"team_id": town_square.team_id, "user_id": bot.id}
    client_for(admin).post(f"/teams/{town_square.team_id}/members", body)
    reply = client_for(None).post("/posts", post, headers=headers)
    assert (reply.status_code, reply.json()["props"]) == (201, {"from_bot": "true"})


def test_a_bot_with_the_role_posts_anywhere(client_for: Any, admin: User, town_square: Channel) -> None:
    bot, _ = make_bot(admin)
    User.objects.filter(id=bot.id).update(roles="system_user system_post_all")
    headers = {"Authorization": f"Bearer {token_of(bot)}"}
    post = {"channel_id": town_square.id, "message": "beep"}
    assert client_for(None).post("/posts", post, headers=headers).status_code == 201


def test_a_bot_does_not_change_its_own_profile(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    headers = {"Authorization": f"Bearer {token_of(bot)}"}
    nobody = client_for(None)
    for path, body in (("/users/me/patch", {"nickname": "x"}), ("/users/me", {"id": bot.id, "username": "x"})):
        reply = nobody.put(path, body, headers=headers)
        assert (reply.status_code, reply.json()["id"]) == (403, "api.context.permissions.app_error")


def test_a_password_given_to_a_bot_is_mailed_to_nobody(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    with config.override(**{"EmailSettings.SendEmailNotifications": True}):
        reply = client_for(admin).put(f"/users/{bot.id}/password", {"new_password": "another-horse-2"})
    assert reply.status_code == 200
    mails = Outbox.objects.filter(kind="accounts.send_mail").values_list("payload", flat=True)
    assert bot.email not in {mail["to"] for mail in mails}
