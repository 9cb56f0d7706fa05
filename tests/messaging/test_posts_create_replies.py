"""Replies: their thread, who follows it, who is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from accounts.models import Preference, User
from mattermost_site import config
from mattermost_site.realtime.events import Event
from messaging.actions.members import store_member
from messaging.models import Channel, ChannelMember, Post, Thread, ThreadMembership
from teams.actions.members import join_team
from teams.models import Team
from tests.cast import actor_of
from tests.messaging.writer import Writer, carried, make_channel, named, read


@pytest.fixture(autouse=True)
def choice() -> Iterator[None]:
    """People may turn collapsed threads off."""
    with config.override(**{"ServiceSettings.CollapsedThreads": "default_on"}):
        yield


@pytest.fixture
def channel(team: Team, alice: User, bob: User, charlie: User) -> Channel:
    """A channel of alice, bob and charlie."""
    join_team(team=team, user=charlie, by=actor_of(charlie))
    return make_channel(team, alice, bob, charlie)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


@pytest.fixture
def replier(bob: User, channel: Channel) -> Writer:
    """bob."""
    return Writer(bob, channel)


def send(writer: Writer, message: str = "words", root: str = "", **fields: Any) -> Any:
    body = {"channel_id": writer.channel.id, "message": message, "root_id": root, **fields}
    return read(writer.post("/posts", body))


def standing(root: str) -> dict[str, tuple[bool, bool, int]]:
    """Of everybody by user id: whether they follow, whether they have looked, their unread mentions."""
    rows = ThreadMembership.objects.filter(post_id=root)
    return {row.user_id: (row.following, row.last_viewed > 0, row.unread_mentions) for row in rows}


def threads(events: list[Event], user: User) -> list[tuple[Any, int, int]]:
    """What a follower was told: the thread, previously unread mentions and replies."""
    return [
        (carried(event, "thread"), event.data["previous_unread_mentions"], event.data["previous_unread_replies"])
        for event in named(events, "thread_updated")
        if event.audience.user_id == user.id
    ]


def test_the_first_reply_makes_a_thread_that_its_author_and_the_roots_follow(
    writer: Writer, replier: Writer, team: Team
) -> None:
    root = send(writer)["id"]
    assert not Thread.objects.filter(post_id=root).exists()
    reply = send(replier, root=root)
    thread = Thread.objects.get(post_id=root)
    assert (thread.reply_count, thread.last_reply_at) == (1, reply["create_at"])
    assert (thread.participants, thread.channel_id, thread.thread_team_id) == (
        [replier.me.id],
        writer.channel.id,
        team.id,
    )
    assert standing(root) == {writer.me.id: (True, False, 0), replier.me.id: (True, True, 0)}
    assert reply["reply_count"] == 1


def test_the_latest_to_reply_is_the_last_participant(writer: Writer, replier: Writer) -> None:
    root = send(writer)["id"]
    for one in (replier, writer, replier):
        send(one, root=root)
    assert Thread.objects.get(post_id=root).participants == [writer.me.id, replier.me.id]


def test_a_reply_changes_its_root(writer: Writer, replier: Writer) -> None:
    root = send(writer)["id"]
    reply = send(replier, root=root)
    assert Post.objects.get(id=root).update_at == reply["create_at"]


def test_who_is_mentioned_in_a_reply_follows(writer: Writer, replier: Writer, charlie: User) -> None:
    root = send(writer)["id"]
    send(replier, "@charlie", root)
    assert standing(root)[charlie.id] == (True, False, 1)


@pytest.mark.parametrize("words", ["@charlie helps?", "@all hands"])
def test_who_was_mentioned_in_the_root_follows_without_a_mention(
    writer: Writer, replier: Writer, charlie: User, words: str
) -> None:
    root = send(writer, words)["id"]
    send(replier, root=root)
    assert standing(root)[charlie.id] == (True, False, 0)


def test_who_follows_every_thread_of_the_channel_follows(
    writer: Writer, replier: Writer, charlie: User, client_for: Any
) -> None:
    root = send(writer)["id"]
    path = f"/channels/{writer.channel.id}/members/{charlie.id}/notify_props"
    client_for(charlie).put(path, {"channel_auto_follow_threads": "on"})
    send(replier, root=root)
    assert standing(root)[charlie.id] == (True, False, 0)


def test_only_an_own_reply_or_a_mention_undoes_an_unfollow(writer: Writer, replier: Writer, charlie: User) -> None:
    root = send(writer, "@charlie")["id"]
    send(replier, root=root)
    ThreadMembership.objects.filter(user_id__in=[writer.me.id, charlie.id]).update(following=False)
    send(replier, root=root)
    assert [standing(root)[user.id][0] for user in (writer.me, charlie)] == [False, False]
    send(writer, "@charlie", root)
    assert [standing(root)[user.id][0] for user in (writer.me, charlie)] == [True, True]


def test_nobody_follows_unasked_when_that_is_turned_off(writer: Writer, replier: Writer, charlie: User) -> None:
    root = send(writer)["id"]
    with config.override(**{"ServiceSettings.ThreadAutoFollow": False}):
        send(replier, "@charlie", root)
    assert set(standing(root)) == {replier.me.id}


def test_followers_are_told_how_the_thread_stands_for_them(
    writer: Writer, replier: Writer, events: list[Event]
) -> None:
    root = send(writer)["id"]
    send(replier, root=root)
    send(replier, "@alice", root)
    (first, *_), (second, mentions, replies) = threads(events, writer.me)
    assert (first["unread_replies"], first["unread_mentions"], first["last_viewed_at"]) == (1, 0, 0)
    assert (second["unread_replies"], second["unread_mentions"], mentions, replies) == (2, 1, 0, 1)
    assert ([one["username"] for one in second["participants"]], "metadata" in second["post"]) == (["bob"], False)


def test_the_author_of_a_reply_has_nothing_unread(writer: Writer, replier: Writer, events: list[Event]) -> None:
    root = send(writer)["id"]
    send(replier, "@alice", root)
    send(writer, root=root)
    thread, mentions, replies = threads(events, writer.me)[-1]
    assert (thread["unread_replies"], thread["unread_mentions"], mentions, replies) == (0, 0, 1, 1)


def test_the_post_tells_followers_that_they_follow(writer: Writer, replier: Writer, events: list[Event]) -> None:
    root = send(writer)["id"]
    send(replier, root=root)
    extras = named(events, "posted")[-1].extras
    assert extras == {writer.me.id: {"should_ack": True, "followers": orjson.dumps([writer.me.id]).decode()}}


def test_a_reply_does_not_read_the_channel_with_collapsed_threads(writer: Writer) -> None:
    root = send(writer)["id"]
    send(writer, root=root)
    assert ChannelMember.objects.get(channel_id=writer.channel.id, user_id=writer.me.id).msg_count == 1


class TestWithoutCollapsedThreads:
    """alice has turned them off."""

    @pytest.fixture(autouse=True)
    def off(self, alice: User) -> None:
        values = {"category": "display_settings", "name": "collapsed_reply_threads", "value": "off"}
        Preference(user_id=alice.id, **values).save(force_insert=True)

    def test_she_hears_of_no_threads(self, writer: Writer, replier: Writer, events: list[Event]) -> None:
        root = send(writer)["id"]
        send(replier, root=root)
        assert (threads(events, writer.me), named(events, "posted")[-1].extras) == ([], {})

    def test_her_reply_reads_the_channel_and_its_threads(self, writer: Writer, replier: Writer) -> None:
        root, other = send(writer)["id"], send(writer)["id"]
        send(replier, root=other)
        send(writer, root=root)
        assert ChannelMember.objects.get(channel_id=writer.channel.id, user_id=writer.me.id).msg_count == 4
        assert standing(other)[writer.me.id] == (True, True, 0)

    @pytest.mark.parametrize(("level", "own", "foreign"), [("any", 1, 1), ("root", 1, 0), ("never", 0, 0)])
    def test_comments_mention_her_as_she_wishes(
        self, writer: Writer, replier: Writer, level: str, own: int, foreign: int
    ) -> None:
        User.objects.filter(id=writer.me.id).update(notify_props={**writer.me.notify_props, "comments": level})
        roots = send(writer)["id"], send(replier)["id"]
        send(writer, root=roots[1])
        found = []
        for root in roots:
            ChannelMember.objects.update(mention_count=0)
            send(replier, root=root)
            found.append(ChannelMember.objects.get(channel_id=writer.channel.id, user_id=writer.me.id).mention_count)
        assert found == [own, foreign]
        assert not any(mentions for *_, mentions in (standing(root)[writer.me.id] for root in roots))


def test_one_who_is_invited_out_of_a_thread_follows_it(
    writer: Writer, replier: Writer, make_user: Any, team: Team
) -> None:
    dora = make_user("dora")
    join_team(team=team, user=dora, by=actor_of(dora))
    root = send(writer)["id"]
    send(replier, "@dora should see this", root)
    body = {"user_id": dora.id, "post_root_id": root}
    writer.post(f"/channels/{writer.channel.id}/members", body)
    assert standing(root)[dora.id] == (True, True, 1)


def test_in_a_direct_channel_every_reply_is_a_mention(writer: Writer, replier: Writer, alice: User, bob: User) -> None:
    direct = Channel.objects.get(id=read(writer.post("/channels/direct", [alice.id, bob.id]))["id"])
    writer.channel = replier.channel = direct
    root = send(writer)["id"]
    send(replier, root=root)
    assert standing(root)[alice.id] == (True, False, 1)


def test_one_who_left_the_channel_does_not_follow(writer: Writer, replier: Writer, alice: User) -> None:
    root = send(writer)["id"]
    ChannelMember.objects.filter(channel_id=writer.channel.id, user_id=alice.id).delete()
    send(replier, root=root)
    assert set(standing(root)) == {replier.me.id}
    store_member(channel=writer.channel, user=alice)
