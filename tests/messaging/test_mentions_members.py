"""Whom posts mention: members by name and by what they listen for, everybody, and people who are not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.test import TestCase

from accounts.models import Group, GroupMember, Role, Status, User
from accounts.permissions import forget_role
from mattermost_site import config
from mattermost_site.ids import new_id
from mattermost_site.realtime.events import Event
from messaging.actions.members import store_member
from messaging.models import Channel, ChannelMember
from teams.actions.members import join_team
from teams.models import Team
from tests.cast import actor_of
from tests.messaging.bots import make_bot
from tests.messaging.writer import Writer, carried, make_channel, named, read

WISHES = {"mention_keys": "budget, @ops,Über", "first_name": "true"}


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


def send(writer: Writer, message: str, **fields: Any) -> Any:
    return read(writer.post("/posts", {"channel_id": writer.channel.id, "message": message, **fields}))


def mentioned(events: list[Event]) -> set[str]:
    """Who was told by the latest post that it mentions them, each only of oneself."""
    extras = named(events, "posted")[-1].extras
    told = {user_id for user_id, extra in extras.items() if "mentions" in extra}
    assert all(orjson.loads(extras[user_id]["mentions"]) == [user_id] for user_id in told)
    return told


def counts(channel: Channel, user: User) -> tuple[int, int, int]:
    """A member's mentions, those in roots, urgent ones."""
    row = ChannelMember.objects.get(channel_id=channel.id, user_id=user.id)
    return row.mention_count, row.mention_count_root, row.urgent_mention_count


def take_away(role_name: str, permission: str) -> None:
    """Let a role no longer hold a permission."""
    role = Role.objects.get(name=role_name)
    role.permissions = " ".join(name for name in role.permissions.split() if name != permission)
    with TestCase.captureOnCommitCallbacks(execute=True):
        role.save()
        forget_role(role.name)


def test_it_tells_and_counts_a_member_who_is_named(writer: Writer, bob: User, events: list[Event]) -> None:
    send(writer, "hello @BOB, and @bob again")
    assert (mentioned(events), counts(writer.channel, bob)) == ({bob.id}, (1, 1, 0))


def test_it_counts_urgent_roots_and_replies_apart(writer: Writer, bob: User) -> None:
    root = send(writer, "@bob", metadata={"priority": {"priority": "urgent"}})["id"]
    send(writer, "@bob", root_id=root)
    assert counts(writer.channel, bob) == (2, 1, 1)


def test_it_never_tells_the_author(writer: Writer, events: list[Event]) -> None:
    send(writer, "@alice myself")
    assert (mentioned(events), counts(writer.channel, writer.me)) == (set(), (0, 0, 0))


def test_it_does_not_mention_deactivated_members(writer: Writer, bob: User, events: list[Event]) -> None:
    User.objects.filter(id=bob.id).update(delete_at=1)
    send(writer, "@bob @channel")
    assert (mentioned(events), named(events, "ephemeral_message")) == (set(), [])


@pytest.mark.parametrize("text", ["the BUDGET", "call @ops now", "das ist über", "Bob was here"])
def test_it_tells_who_listens_for_a_word(
    writer: Writer, client_for: Any, bob: User, events: list[Event], text: str
) -> None:
    send(writer, text)  # before anybody listens: what is kept for the channel must change
    assert mentioned(events) == set()
    client_for(bob).put("/users/me/patch", {"notify_props": WISHES})
    send(writer, text)
    assert mentioned(events) == {bob.id}


def test_it_hears_of_those_who_come_with_wishes(
    writer: Writer, make_user: Callable[..., User], events: list[Event]
) -> None:
    send(writer, "budget")
    with TestCase.captureOnCommitCallbacks(execute=True):
        listener = make_user("listener", notify_props={"mention_keys": "budget"})
        store_member(channel=writer.channel, user=listener)
    send(writer, "budget")
    assert mentioned(events) == {listener.id}


def test_it_does_not_tell_who_has_left_with_wishes(
    writer: Writer, make_user: Callable[..., User], events: list[Event]
) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        listener = make_user("listener", notify_props={"mention_keys": "budget"})
        store_member(channel=writer.channel, user=listener)
    send(writer, "budget")
    ChannelMember.objects.filter(channel_id=writer.channel.id, user_id=listener.id).delete()
    send(writer, "budget")
    assert mentioned(events) == set()


def test_it_mentions_all_others_in_direct_channels(writer: Writer, bob: User, alice: User, events: list[Event]) -> None:
    writer.channel = Channel.objects.get(id=read(writer.post("/channels/direct", [alice.id, bob.id]))["id"])
    send(writer, "psst")
    assert (mentioned(events), counts(writer.channel, bob)) == ({bob.id}, (1, 1, 0))
    assert named(events, "posted")[-1].data["channel_display_name"] == "@alice"


@pytest.mark.parametrize("word", ["@channel", "@ALL!", "**@channel**"])
def test_it_mentions_everybody(writer: Writer, bob: User, events: list[Event], word: str) -> None:
    send(writer, f"{word} wake up")
    assert mentioned(events) == {bob.id}


def test_it_mentions_with_here_who_is_online(
    writer: Writer, bob: User, make_user: Callable[..., User], events: list[Event]
) -> None:
    away = make_user("dora")
    store_member(channel=writer.channel, user=away)
    Status(user_id=bob.id, status="online").save()
    Status(user_id=away.id, status="away").save()
    send(writer, "@here who is there?")
    assert mentioned(events) == {bob.id}


@pytest.mark.parametrize(
    ("own", "here", "is_told"),
    [
        ({"channel": "false"}, {}, False),
        ({}, {"ignore_channel_mentions": "on"}, False),
        ({}, {"mark_unread": "mention"}, False),
        ({}, {"mark_unread": "mention", "ignore_channel_mentions": "off"}, True),
        ({"channel": "false"}, {"ignore_channel_mentions": "off"}, False),
    ],
)
def test_it_minds_who_does_not_want_to_be_mentioned_with_everybody(
    writer: Writer, bob: User, events: list[Event], own: dict[str, str], here: dict[str, str], is_told: bool
) -> None:
    User.objects.filter(id=bob.id).update(notify_props={**bob.notify_props, **own})
    ChannelMember.objects.filter(channel_id=writer.channel.id, user_id=bob.id).update(notify_props=here)
    send(writer, "@channel")
    assert (bob.id in mentioned(events)) == is_told


def test_it_mentions_nobody_at_once_in_a_large_channel(writer: Writer, bob: User, events: list[Event]) -> None:
    with config.override(**{"TeamSettings.MaxNotificationsPerChannel": 1}):
        send(writer, "@channel and @bob")
    assert mentioned(events) == {bob.id}
    assert "too many members" in carried(named(events, "ephemeral_message")[-1])["message"]


def test_it_tells_one_who_may_not_mention_everybody(writer: Writer, bob: User, events: list[Event]) -> None:
    take_away("channel_user", "use_channel_mentions")
    made = send(Writer(bob, writer.channel), "@all look")
    assert (made["props"], mentioned(events)) == ({"mentionHighlightDisabled": True}, set())
    assert named(events, "ephemeral_message")[-1].audience.user_id == bob.id


@pytest.fixture
def helpers(bob: User, charlie: User) -> Group:
    """A group of bob and charlie that may be mentioned as ``@helpers``."""
    group = Group(id=new_id(), name="helpers", display_name="Helpers", source="custom", allow_reference=True)
    group.save(force_insert=True)
    for user in (bob, charlie):
        GroupMember(group_id=group.id, user_id=user.id).save(force_insert=True)
    return group


def test_it_mentions_the_members_of_a_group_who_are_here(
    writer: Writer, bob: User, helpers: Group, events: list[Event]
) -> None:
    send(writer, "@helpers, please")
    assert (mentioned(events), counts(writer.channel, bob)) == ({bob.id}, (1, 1, 0))


def test_it_says_so_when_nobody_of_a_group_is_here(writer: Writer, helpers: Group, events: list[Event]) -> None:
    GroupMember.objects.filter(group_id=helpers.id).update(delete_at=1)
    send(writer, "@helpers")
    assert "@helpers mentioned nobody" in carried(named(events, "ephemeral_message")[-1])["message"]


def test_it_does_not_know_groups_that_may_not_be_mentioned(writer: Writer, helpers: Group, events: list[Event]) -> None:
    Group.objects.filter(id=helpers.id).update(allow_reference=False)
    assert send(writer, "@helpers")["props"] == {}
    assert (mentioned(events), named(events, "ephemeral_message")) == (set(), [])


def test_it_mentions_no_group_for_one_who_may_not(
    writer: Writer, bob: User, alice: User, helpers: Group, events: list[Event]
) -> None:
    GroupMember(group_id=helpers.id, user_id=alice.id).save(force_insert=True)
    take_away("channel_user", "use_group_mentions")
    made = send(Writer(bob, writer.channel), "@helpers")
    assert (made["props"], mentioned(events)) == ({"disable_group_highlight": True}, set())


def test_it_names_members_of_the_team_outside_the_channel_to_the_author(
    writer: Writer, team: Team, charlie: User, make_user: Callable[..., User], events: list[Event]
) -> None:
    stranger = make_user("stranger")
    join_team(team=team, user=charlie, by=actor_of(charlie))
    post = send(writer, f"@charlie @{stranger.username} @nobody")
    first, second = (carried(event) for event in named(events, "ephemeral_message")[-2:])
    wanted = first["props"]["add_channel_member"]
    assert (wanted["post_id"], wanted["usernames"], wanted["user_ids"]) == (post["id"], ["charlie"], [charlie.id])
    assert (second["props"], first["type"], first["file_ids"]) == ({}, "system_ephemeral", None)
    assert mentioned(events) == set()


def test_it_gives_no_notice_of_bots_outside_the_channel(
    writer: Writer, team: Team, alice: User, make_user: Callable[..., User], events: list[Event]
) -> None:
    make_bot(make_user, make_channel(team, alice, name="elsewhere"))
    send(writer, "@robo")
    assert named(events, "ephemeral_message") == []


def test_it_mentions_whom_a_new_header_names(writer: Writer, bob: User, events: list[Event]) -> None:
    writer.put(f"/channels/{writer.channel.id}/patch", {"header": "ask @bob, not @all"})
    assert (mentioned(events), counts(writer.channel, bob)) == ({bob.id}, (1, 1, 0))


def test_it_asks_for_receipts_of_those_whom_it_will_notify(
    writer: Writer, client_for: Any, bob: User, events: list[Event]
) -> None:
    send(writer, "nothing for bob")
    assert named(events, "posted")[-1].extras == {}
    client_for(bob).put("/users/me/patch", {"notify_props": {**bob.notify_props, "desktop": "all"}})
    send(writer, "bob hears everything")
    assert named(events, "posted")[-1].extras == {bob.id: {"should_ack": True}}
