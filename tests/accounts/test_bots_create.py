"""POST /bots."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Bot, User
from mattermost_site import config
from mattermost_site.ids import new_id
from messaging.models import Channel, Post
from tests.accounts.bots import ALLOWED, make_bot, token_of


@pytest.fixture
def boss(client_for: Any, admin: User) -> Any:
    """The admin's client, on a site where bots may be made."""
    with config.override(**ALLOWED):
        yield client_for(admin)


def test_it_makes_an_account_that_belongs_to_the_caller(boss: Any, admin: User, alice: User) -> None:
    body = {"username": "robo", "display_name": "Robo", "description": "does things", "owner_id": alice.id}
    reply = boss.post("/bots", body)
    assert reply.status_code == 201
    made = reply.json()
    shown = {key: made[key] for key in ("username", "display_name", "description", "owner_id", "delete_at")}
    assert shown == {**body, "owner_id": admin.id, "delete_at": 0}
    user = User.objects.get(id=made["user_id"])
    assert (user.email, user.first_name, user.roles, user.password) == ("robo@localhost", "Robo", "system_user", "")


def test_it_leaves_empty_texts_out(boss: Any) -> None:
    made = boss.post("/bots", {"username": "robo"}).json()
    assert not {"display_name", "description", "last_icon_update"} & made.keys()


def test_it_has_the_bot_write_to_its_owner(boss: Any, admin: User, events: list[Any]) -> None:
    bot_id = boss.post("/bots", {"username": "robo"}).json()["user_id"]
    post = Post.objects.get(user_id=bot_id)
    assert (post.type, post.props) == ("add_bot_teams_channels", {"from_bot": "true"})
    channel = Channel.objects.get(id=post.channel_id)
    assert (channel.type, channel.creator_id, admin.id in channel.name) == ("D", bot_id, True)
    assert [event.name for event in events if event.name in ("direct_added", "posted")] == ["direct_added", "posted"]


def test_the_bot_writes_where_direct_messages_need_a_common_team(boss: Any) -> None:
    with config.override(**{"TeamSettings.RestrictDirectMessage": "team"}):
        reply = boss.post("/bots", {"username": "robo"})
    assert Post.objects.filter(user_id=reply.json()["user_id"], type="add_bot_teams_channels").count() == 1


def test_nothing_is_left_of_a_bot_that_cannot_be_stored(boss: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("accounts.actions.bots.create_post", fail)
    assert boss.post("/bots", {"username": "robo"}).status_code == 500
    assert not User.objects.filter(username="robo").exists()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "model.bot.is_valid.username.app_error"),
        ({"username": "Capital"}, "model.bot.is_valid.username.app_error"),
        ({"username": "system"}, "model.bot.is_valid.username.app_error"),
        ({"username": "x" * 65}, "model.bot.is_valid.username.app_error"),
        ({"username": "x", "display_name": "d" * 65}, "model.bot.is_valid.user_id.app_error"),
        ({"username": "x", "description": "d" * 1025}, "model.bot.is_valid.description.app_error"),
        ({"username": "alice"}, "app.user.save.username_exists.app_error"),
        ({"username": 7}, "api.context.invalid_body_param.app_error"),
        ([], "api.context.invalid_body_param.app_error"),
    ],
)
def test_it_refuses(boss: Any, alice: User, body: Any, error: str) -> None:
    reply = boss.post("/bots", body)
    assert (reply.status_code, reply.json()["id"]) == (400, error)


def test_null_is_no_bot(boss: Any) -> None:
    reply = boss.request("POST", "/bots", data=b" null ", content_type="application/json")
    assert (reply.status_code, reply.json()["id"]) == (400, "api.context.invalid_body_param.app_error")


def test_members_make_none(client_for: Any, alice: User) -> None:
    with config.override(**ALLOWED):
        reply = client_for(alice).post("/bots", {"username": "robo"})
    assert (reply.status_code, reply.json()["id"]) == (403, "api.context.permissions.app_error")


def test_none_are_made_where_that_is_off(client_for: Any, admin: User) -> None:
    with config.override(**{"ServiceSettings.EnableBotAccountCreation": False}):
        reply = client_for(admin).post("/bots", {"username": "robo"})
    assert (reply.status_code, reply.json()["id"]) == (403, "api.bot.create_disabled")


def test_a_bot_makes_none_whatever_its_roles(boss: Any, client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    User.objects.filter(id=bot.id).update(roles="system_user system_admin")
    headers = {"Authorization": f"Bearer {token_of(bot)}"}
    reply = client_for(None).post("/bots", {"username": f"child-{new_id()[:5]}"}, headers=headers)
    assert (reply.status_code, reply.json()["id"]) == (403, "api.context.permissions.app_error")
    assert Bot.objects.count() == 1
