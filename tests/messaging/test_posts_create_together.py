"""Posts that are made at the same time: no count gets lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from accounts.models import User
from messaging.access import load_access
from messaging.actions.posts import NewPost, create_post
from messaging.models import Channel, ChannelMember, Post, Thread, ThreadMembership
from teams.models import Team
from tests.cast import actor_of
from tests.messaging.writer import make_channel

POSTS = 8  # of each writer


def together(*works: Callable[[], None]) -> None:
    """Do things in threads of their own, each with its own connection; what fails there fails here."""
    failures: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            if connection.vendor == "sqlite":
                # Of the tests' database in memory, a reader locks whole tables; of a file in WAL mode it does not.
                connection.cursor().execute("PRAGMA read_uncommitted = 1")
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []


def writes(user: User, channel: Channel, wanted: NewPost) -> Callable[[], None]:
    """Makes some posts, one after the other."""

    def work() -> None:
        for _ in range(POSTS):
            access = load_access(user.id, channel.id)
            assert access is not None
            create_post(actor=actor_of(user), access=access, wanted=wanted)

    return work


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_post_reply_or_mention_is_lost(team: Team, alice: User, bob: User, make_user: Callable[..., User]) -> None:
    dora = make_user("dora")
    channel = make_channel(team, alice, bob, dora)
    access = load_access(alice.id, channel.id)
    assert access is not None
    root = create_post(actor=actor_of(alice), access=access, wanted=NewPost(message="root"))["id"]
    wanted = NewPost(message="@dora", root_id=root)
    together(writes(alice, channel, wanted), writes(bob, channel, wanted))
    counted = Channel.objects.get(id=channel.id)
    member = ChannelMember.objects.get(channel_id=channel.id, user_id=dora.id)
    thread = Thread.objects.get(post_id=root)
    assert (counted.total_msg_count, counted.total_msg_count_root) == (2 * POSTS + 1, 1)
    assert (member.mention_count, thread.reply_count, set(thread.participants)) == (
        2 * POSTS,
        2 * POSTS,
        {alice.id, bob.id},
    )
    assert ThreadMembership.objects.get(post_id=root, user_id=dora.id).unread_mentions == 2 * POSTS


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_same_pending_id_makes_one_post(team: Team, alice: User, bob: User) -> None:
    channel = make_channel(team, alice, bob)
    wanted = NewPost(message="only once", pending_post_id="the same")
    together(writes(alice, channel, wanted), writes(bob, channel, wanted))
    assert Post.objects.filter(message="only once").count() == 1
