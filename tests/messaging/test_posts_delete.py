"""Deleting posts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.models import Preference, User
from mattermost_site import config
from mattermost_site.models import Outbox
from mattermost_site.realtime.events import Event
from messaging.models import Channel, Draft, Post, Reaction, Thread, ThreadMembership
from teams.models import Team
from tests.messaging.writer import (
    NO_POST,
    NO_RIGHT,
    SOME_ID,
    Writer,
    carried,
    make_channel,
    make_file,
    named,
    read,
    refusal,
)


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


@pytest.fixture
def other(bob: User, channel: Channel) -> Writer:
    """bob."""
    return Writer(bob, channel)


@pytest.fixture
def deletion_for_good() -> Iterator[None]:
    """The setting that lets admins delete posts for good."""
    with config.override(**{"ServiceSettings.EnableAPIPostDeletion": True}):
        yield


def test_it_takes_the_replies_along(writer: Writer, other: Writer) -> None:
    root = writer.say("root")
    reply = other.say("reply", root)
    writer.delete(f"/posts/{root}")
    assert refusal(writer.get(f"/posts/{reply}")) == (404, NO_POST)
    assert Post.objects.get(id=reply).props == {"deleteBy": writer.me.id}


def test_it_tells_of_the_post_as_it_was(writer: Writer, events: list[Event]) -> None:
    post_id = writer.say("text")
    writer.delete(f"/posts/{post_id}")
    everybody, admins = named(events, "post_deleted")
    assert (carried(everybody)["message"], carried(everybody)["delete_at"]) == ("text", 0)
    assert (everybody.audience.sanitized, "delete_by" in everybody.data) == (True, False)
    assert (admins.audience.sensitive, admins.data["delete_by"]) == (True, writer.me.id)


def test_it_forgets_saved_flags_and_drafts_of_replies(writer: Writer) -> None:
    post_id = writer.say("text")
    Preference(user_id=writer.me.id, category="flagged_post", name=post_id, value="true").save(force_insert=True)
    writer.post("/drafts", {"channel_id": writer.channel.id, "root_id": post_id, "message": "half"})
    writer.delete(f"/posts/{post_id}")
    assert not Preference.objects.filter(name=post_id).exists()
    assert not Draft.objects.exists()


def test_it_deletes_the_files(writer: Writer) -> None:
    info = make_file(writer.me, writer.channel)
    post_id = writer.say("text", file_ids=[info.id])
    writer.delete(f"/posts/{post_id}")
    info.refresh_from_db()
    assert info.delete_at > 0


def test_it_lowers_the_count_of_the_thread(writer: Writer, other: Writer) -> None:
    root = writer.say("root")
    stays, goes = writer.say("stays", root), other.say("goes", root)
    other.delete(f"/posts/{goes}")
    thread = Thread.objects.get(post_id=root)
    last = Post.objects.values_list("create_at", flat=True).get(id=stays)
    assert (thread.reply_count, thread.last_reply_at, thread.participants) == (1, last, [writer.me.id])


def test_it_takes_an_unread_mention_back(writer: Writer, other: Writer, events: list[Event]) -> None:
    root = other.say("root")
    reply = writer.say("look @bob", root)
    events.clear()
    writer.delete(f"/posts/{reply}")
    assert ThreadMembership.objects.get(post_id=root, user_id=other.me.id).unread_mentions == 0
    event = named(events, "thread_updated")[0]
    assert (event.audience.user_id, carried(event, "thread")["unread_mentions"]) == (other.me.id, 0)


def test_it_keeps_the_channels_totals(writer: Writer) -> None:
    post_id = writer.say("text")
    before = Channel.objects.get(id=writer.channel.id).total_msg_count
    writer.delete(f"/posts/{post_id}")
    assert Channel.objects.get(id=writer.channel.id).total_msg_count == before


def test_it_is_not_for_others(writer: Writer, other: Writer) -> None:
    assert refusal(other.delete(f"/posts/{writer.say('text')}")) == (403, NO_RIGHT)


def test_it_is_done_once(writer: Writer) -> None:
    post_id = writer.say("text")
    writer.delete(f"/posts/{post_id}")
    assert refusal(writer.delete(f"/posts/{post_id}")) == (404, NO_POST)


def test_it_refuses_archived_channels(writer: Writer) -> None:
    post_id = writer.say("text")
    Channel.objects.filter(id=writer.channel.id).update(delete_at=1)
    answer = writer.delete(f"/posts/{post_id}")
    assert refusal(answer) == (400, "api.post.delete_post.can_not_delete_post_in_deleted.error")


def test_for_good_it_is_off_by_default(admin: User, writer: Writer) -> None:
    answer = Writer(admin, writer.channel).delete(f"/posts/{SOME_ID}?permanent=true")
    assert refusal(answer) == (501, "api.post.delete_post.not_enabled.app_error")


@pytest.mark.usefixtures("deletion_for_good")
def test_for_good_it_is_for_admins(writer: Writer) -> None:
    assert refusal(writer.delete(f"/posts/{writer.say('text')}?permanent=true")) == (403, NO_RIGHT)


@pytest.mark.usefixtures("deletion_for_good")
def test_for_good_it_leaves_nothing(admin: User, writer: Writer) -> None:
    info = make_file(writer.me, writer.channel)
    root = writer.say("root", file_ids=[info.id])
    writer.say("reply", root)
    writer.edit(root, "changed")
    writer.post("/reactions", {"user_id": writer.me.id, "post_id": root, "emoji_name": "smile"})
    Outbox.objects.all().delete()
    read(Writer(admin, writer.channel).delete(f"/posts/{root}?permanent=true"))
    assert not Post.objects.filter(message__in=["root", "reply", "changed"]).exists()
    assert not Reaction.objects.exists()
    assert not Thread.objects.exists()
    assert Outbox.objects.get().payload == {"paths": ["files/a.txt"]}
