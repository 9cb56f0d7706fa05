"""Marking a channel as unread from a post on."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Preference, User
from mattermost_site import config
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, Post, ThreadMembership
from teams.models import Team
from tests.messaging.writer import NO_POST, NO_RIGHT, SOME_ID, Writer, carried, make_channel, named, read, refusal

NEW, OLD = {"collapsed_threads_supported": True}, {"collapsed_threads_supported": False}
READ = ("msg_count", "msg_count_root", "mention_count", "mention_count_root")


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


@pytest.fixture
def posts(writer: Writer) -> list[str]:
    """Four roots, the second and the fourth mention bob; three replies to the first, the second mentions bob."""
    roots = [writer.say(text) for text in ("one", "two @bob", "three", "four @channel")]
    return roots + [writer.say(text, roots[0]) for text in ("one", "two @bob", "three")]


@pytest.fixture
def reader(bob: User, channel: Channel, posts: list[str], events: list[Event]) -> Writer:
    """bob, who has read it all."""
    reader = Writer(bob, channel)
    reader.post("/channels/members/me/view", {"channel_id": channel.id})
    events.clear()
    return reader


def set_unread(reader: Writer, post_id: str, body: Any = NEW) -> Any:
    return read(reader.post(f"/users/me/posts/{post_id}/set_unread", body))


def test_it_leaves_as_read_what_came_before(reader: Writer, posts: list[str]) -> None:
    found = set_unread(reader, posts[2])
    time = Post.objects.get(id=posts[2]).create_at
    assert [found[key] for key in READ] == [2, 2, 2, 1]
    assert found["last_viewed_at"] == time - 1
    row = ChannelMember.objects.get(channel_id=reader.channel.id, user_id=reader.me.id)
    assert ([getattr(row, key) for key in READ], row.last_viewed_at) == ([2, 2, 2, 1], time - 1)


def test_it_tells_the_user_what_it_answers(reader: Writer, posts: list[str], events: list[Event]) -> None:
    found = set_unread(reader, posts[0])
    (event,) = named(events, "post_unread")
    assert event.data == {
        **{key: found[key] for key in (*READ, "urgent_mention_count", "last_viewed_at")},
        "post_id": posts[0],
    }
    assert (event.audience.user_id, event.audience.channel_id) == (reader.me.id, reader.channel.id)


def test_it_does_not_count_deleted_posts_and_joins(reader: Writer, posts: list[str]) -> None:
    Post.objects.filter(id=posts[3]).update(delete_at=1)
    Post.objects.filter(id=posts[2]).update(type="system_join_channel")
    assert [set_unread(reader, posts[1])[key] for key in READ] == [3, 3, 2, 1]


def test_own_posts_are_unread_but_mention_nobody(reader: Writer, posts: list[str]) -> None:
    own = reader.say("@bob @channel")
    assert [set_unread(reader, own)[key] for key in READ] == [7, 4, 0, 0]


def test_it_counts_mentions_by_what_the_member_wants_now(reader: Writer, posts: list[str]) -> None:
    reader.put(
        "/users/me/patch", {"notify_props": {**reader.me.notify_props, "channel": "false", "mention_keys": "one"}}
    )
    assert [set_unread(reader, posts[0])[key] for key in READ] == [0, 0, 4, 2]


def test_it_counts_no_mentions_of_everybody_in_a_large_channel(reader: Writer, posts: list[str]) -> None:
    with config.override(**{"TeamSettings.MaxNotificationsPerChannel": 1}):
        assert set_unread(reader, posts[3])["mention_count"] == 1


def test_in_a_direct_channel_every_post_of_others_counts(reader: Writer, alice: User, bob: User) -> None:
    direct = Channel.objects.get(id=read(reader.post("/channels/direct", [alice.id, bob.id]))["id"])
    first = Writer(alice, direct).say("psst", metadata={"priority": {"priority": "urgent"}})
    Writer(bob, direct).say("what?")
    Writer(alice, direct).say("nothing", first)
    found = set_unread(reader, first)
    assert ([found[key] for key in READ], found["urgent_mention_count"]) == ([0, 0, 2, 1], 1)


def test_a_reply_leaves_the_thread_to_clients_that_know_threads(
    reader: Writer, posts: list[str], events: list[Event]
) -> None:
    assert [set_unread(reader, posts[5], NEW)[key] for key in READ] == [5, 4, 1, 0]
    assert named(events, "thread_updated") == []


@pytest.mark.parametrize("has_collapsed", [True, False])
def test_a_reply_makes_its_thread_unread_without_collapsed_threads(
    reader: Writer, posts: list[str], events: list[Event], has_collapsed: bool
) -> None:
    if not has_collapsed:
        values = {"category": "display_settings", "name": "collapsed_reply_threads", "value": "off"}
        Preference(user_id=reader.me.id, **values).save(force_insert=True)
    with config.override(**{"ServiceSettings.CollapsedThreads": "default_on"}):
        found = set_unread(reader, posts[5], OLD if has_collapsed else NEW)
    membership = ThreadMembership.objects.get(post_id=posts[0], user_id=reader.me.id)
    assert [found[key] for key in READ] == [5, 4, 1, 0]
    assert (membership.following, membership.unread_mentions) == (True, 1)
    assert membership.last_viewed == Post.objects.get(id=posts[5]).create_at - 1
    told = [carried(event, "thread")["unread_replies"] for event in named(events, "thread_updated")]
    assert told == ([2] if has_collapsed else [])


def test_a_broken_body_counts_as_empty(reader: Writer, posts: list[str]) -> None:
    path = f"/api/v4/users/me/posts/{posts[0]}/set_unread"
    assert reader.client.post(path, "{broken", content_type="application/json").status_code == 200


def test_it_refuses_posts_that_the_user_cannot_read(reader: Writer, posts: list[str], team: Team, alice: User) -> None:
    hidden = Writer(alice, make_channel(team, alice, name="secret", type="P")).say("hidden")
    for post_id in (hidden, SOME_ID):
        assert refusal(reader.post(f"/users/me/posts/{post_id}/set_unread", NEW)) == (403, NO_RIGHT)


def test_it_refuses_to_act_for_others(writer: Writer, reader: Writer, posts: list[str]) -> None:
    reply = writer.post(f"/users/{reader.me.id}/posts/{posts[0]}/set_unread", NEW)
    assert refusal(reply) == (403, NO_RIGHT)


def test_it_does_not_know_deleted_posts(reader: Writer, posts: list[str]) -> None:
    Post.objects.filter(id=posts[2]).update(delete_at=1)
    assert refusal(reader.post(f"/users/me/posts/{posts[2]}/set_unread", NEW)) == (404, NO_POST)


def test_an_admin_cannot_make_it_unread_for_one_who_is_no_member(
    reader: Writer, posts: list[str], admin: User, charlie: User
) -> None:
    reply = Writer(admin, reader.channel).post(f"/users/{charlie.id}/posts/{posts[0]}/set_unread", NEW)
    assert refusal(reply) == (404, "app.channel.get_member.missing.app_error")
