"""Saved posts."""

from __future__ import annotations

import pytest

from accounts.models import Preference, User
from messaging.models import Channel, ChannelMember
from teams.models import Team
from tests.messaging.writer import NO_RIGHT, Writer, make_channel, read, refusal


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A private channel of alice and bob."""
    return make_channel(team, alice, bob, type="P")


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


def save(user: User, *post_ids: str) -> None:
    for post_id in post_ids:
        Preference(user_id=user.id, category="flagged_post", name=post_id, value="true").save(force_insert=True)


def order(reader: Writer, query: str = "", user: str = "me") -> list[str]:
    found: list[str] = read(reader.get(f"/users/{user}/posts/flagged{query}"))["order"]
    return found


def test_it_lists_the_newest_first(writer: Writer) -> None:
    first, second = writer.say("one"), writer.say("two")
    save(writer.me, second, first)
    assert order(writer) == [second, first]


def test_it_can_be_asked_for_one_channel(team: Team, writer: Writer) -> None:
    here, there = writer.say("here"), Writer(writer.me, make_channel(team, writer.me, name="other")).say("there")
    save(writer.me, here, there)
    assert order(writer, f"?channel_id={writer.channel.id}") == [here]


def test_it_leaves_out_channels_one_has_left(writer: Writer, bob: User) -> None:
    save(bob, writer.say("one"))
    ChannelMember.objects.filter(channel_id=writer.channel.id, user_id=bob.id).delete()
    assert order(Writer(bob, writer.channel)) == []


def test_it_is_not_for_others(writer: Writer, bob: User) -> None:
    assert refusal(writer.get(f"/users/{bob.id}/posts/flagged")) == (403, NO_RIGHT)


def test_it_is_for_admins(writer: Writer, admin: User) -> None:
    post_id = writer.say("one")
    save(writer.me, post_id)
    assert order(Writer(admin, writer.channel), user=writer.me.id) == [post_id]
