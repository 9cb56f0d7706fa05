"""POST /bots/{id}/disable and /enable, and what becomes of bots when their owner goes."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Bot, User
from mattermost_site import config, jobs
from messaging.models import Channel, ChannelMember, Post
from tests.accounts.bots import MISSING, make_bot, token_of

KEPT = {"ServiceSettings.DisableBotsWhenOwnerIsDeactivated": False}


def asks_as(client_for: Any, secret: str) -> int:
    """The status that a token gets for its own account."""
    status: int = client_for(None).get("/users/me", headers={"Authorization": f"Bearer {secret}"}).status_code
    return status


def test_its_token_sleeps_while_it_is_disabled(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    boss, secret = client_for(admin), token_of(bot)
    assert asks_as(client_for, secret) == 200
    assert boss.post(f"/bots/{bot.id}/disable").json()["delete_at"] > 0
    assert asks_as(client_for, secret) == 401
    assert boss.post(f"/bots/{bot.id}/enable").json()["delete_at"] == 0
    assert asks_as(client_for, secret) == 200


def test_its_account_is_closed_and_opened_with_it(client_for: Any, admin: User, events: list[Any]) -> None:
    bot, _ = make_bot(admin)
    boss = client_for(admin)
    events.clear()
    boss.post(f"/bots/{bot.id}/disable")
    assert User.objects.get(id=bot.id).delete_at > 0
    assert [event.name for event in events if event.name == "user_updated"] == ["user_updated"] * 3
    boss.post(f"/bots/{bot.id}/enable")
    assert User.objects.get(id=bot.id).delete_at == 0


def test_disabling_again_keeps_the_time(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    boss = client_for(admin)
    first = boss.post(f"/bots/{bot.id}/disable").json()["delete_at"]
    assert boss.post(f"/bots/{bot.id}/disable").json()["delete_at"] == first


@pytest.mark.parametrize("verb", ["disable", "enable"])
def test_members_do_neither(client_for: Any, admin: User, alice: User, verb: str) -> None:
    bot, _ = make_bot(admin)
    reply = client_for(alice).post(f"/bots/{bot.id}/{verb}")
    assert (reply.status_code, reply.json()["id"]) == (404, MISSING)


def test_closing_the_account_leaves_the_bot_itself_enabled(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    client_for(admin).delete(f"/users/{bot.id}")
    assert (User.objects.get(id=bot.id).delete_at > 0, Bot.objects.get(user_id=bot.id).delete_at) == (True, 0)


def test_bots_are_disabled_with_their_owner_and_stay_so(client_for: Any, admin: User, alice: User) -> None:
    bot, _ = make_bot(alice)
    boss = client_for(admin)
    boss.delete(f"/users/{alice.id}")
    assert Bot.objects.get(user_id=bot.id).delete_at > 0
    assert User.objects.get(id=bot.id).delete_at > 0
    boss.put(f"/users/{alice.id}/active", {"active": True})
    assert Bot.objects.get(user_id=bot.id).delete_at > 0


def test_bots_run_on_where_that_is_off(client_for: Any, admin: User, alice: User) -> None:
    bot, _ = make_bot(alice)
    with config.override(**KEPT):
        client_for(admin).delete(f"/users/{alice.id}")
    assert User.objects.get(id=bot.id).delete_at == 0


def test_bots_of_bots_are_disabled_too_even_in_a_circle(client_for: Any, admin: User, alice: User, bob: User) -> None:
    bot, _ = make_bot(bob)
    Bot.objects.create(user_id=bob.id, owner_id=alice.id)
    Bot.objects.create(user_id=alice.id, owner_id=bot.id)
    client_for(admin).post(f"/bots/{alice.id}/disable")
    assert User.objects.filter(id__in=[alice.id, bob.id, bot.id], delete_at=0).count() == 0


def notices() -> list[Post]:
    """The messages that admins got from the system bot."""
    jobs.run_due()
    return list(Post.objects.filter(type="system_generic"))


def test_each_admin_is_told_of_the_bots_of_who_is_gone(
    client_for: Any, admin: User, alice: User, make_user: Any
) -> None:
    other = make_user("other", roles="system_user system_admin")
    make_bot(alice, "zeta")
    make_bot(alice, "beta")
    client_for(admin).delete(f"/users/{alice.id}")
    found = notices()
    assert {post.message.index("`beta`") < post.message.index("`zeta`") for post in found} == {True}
    told = ChannelMember.objects.filter(channel_id__in=[post.channel_id for post in found])
    assert set(told.values_list("user_id", flat=True)) == {admin.id, other.id, found[0].user_id}
    member = told.get(user_id=admin.id)
    assert (member.mention_count, Channel.objects.get(id=member.channel_id).type) == (1, "D")


def test_the_notice_says_whether_they_still_run(client_for: Any, admin: User, alice: User) -> None:
    make_bot(alice)
    with config.override(**KEPT):
        client_for(admin).delete(f"/users/{alice.id}")
    assert ["still run" in post.message for post in notices()] == [True]


def test_nobody_is_told_where_there_are_no_bots(client_for: Any, admin: User, alice: User) -> None:
    client_for(admin).delete(f"/users/{alice.id}")
    assert notices() == []


def test_the_system_bot_is_made_once_and_belongs_to_an_admin(client_for: Any, admin: User, alice: User) -> None:
    make_bot(alice)
    boss = client_for(admin)
    boss.delete(f"/users/{alice.id}")
    notices()
    boss.put(f"/users/{alice.id}/active", {"active": True})
    Bot.objects.filter(owner_id=alice.id).update(delete_at=0)
    boss.delete(f"/users/{alice.id}")
    assert len(notices()) == 2
    system = User.objects.get(username="system-bot")
    assert (system.email, Bot.objects.get(user_id=system.id).owner_id) == ("system-bot@localhost", admin.id)
