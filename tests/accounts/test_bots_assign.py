"""POST /bots/{id}/assign/{user}."""

from __future__ import annotations

from typing import Any

from accounts.models import Bot, User
from tests.accounts.bots import MISSING, make_bot


def test_it_changes_the_owner(client_for: Any, admin: User, alice: User) -> None:
    bot, _ = make_bot(admin)
    assert client_for(admin).post(f"/bots/{bot.id}/assign/{alice.id}").json()["owner_id"] == alice.id
    assert Bot.objects.get(user_id=bot.id).owner_id == alice.id


def test_me_is_the_caller(client_for: Any, admin: User, alice: User) -> None:
    bot, _ = make_bot(alice)
    assert client_for(admin).post(f"/bots/{bot.id}/assign/me").json()["owner_id"] == admin.id


def test_no_bot_owns_bots(client_for: Any, admin: User) -> None:
    bot, other = make_bot(admin)[0], make_bot(admin, "other")[0]
    reply = client_for(admin).post(f"/bots/{bot.id}/assign/{other.id}")
    assert (reply.status_code, reply.json()["id"]) == (403, "api.context.permissions.app_error")


def test_an_owner_need_not_be_an_account(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    assert client_for(admin).post(f"/bots/{bot.id}/assign/{'z' * 26}").json()["owner_id"] == "z" * 26


def test_members_take_no_bots(client_for: Any, admin: User, alice: User) -> None:
    bot, _ = make_bot(admin)
    reply = client_for(alice).post(f"/bots/{bot.id}/assign/{alice.id}")
    assert (reply.status_code, reply.json()["id"]) == (404, MISSING)
    assert Bot.objects.get(user_id=bot.id).owner_id == admin.id


def test_people_are_not_given_away(client_for: Any, admin: User, alice: User, bob: User) -> None:
    reply = client_for(admin).post(f"/bots/{alice.id}/assign/{bob.id}")
    assert (reply.status_code, reply.json()["id"]) == (404, MISSING)
