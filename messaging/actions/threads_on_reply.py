"""What a reply does to its thread and to those who follow it (semantics §11)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from mattermost_site import clock, config
from mattermost_site.realtime import publish
from messaging.events.threads import thread_updated
from messaging.mentions.people import Mentions
from messaging.mentions.wishes import wishes_of
from messaging.models import Channel, Post
from messaging.queries.collapsed_threads import with_collapsed_threads
from messaging.queries.listeners import members_among
from messaging.queries.post_rows import run
from messaging.queries.thread_followers import Following, memberships_of, replies_after
from messaging.queries.threads import threads_of_followers

_MEMBERSHIP = "(%s, %s, TRUE, %s, %s, %s)"
_FOLLOW = """
    INSERT INTO threadmemberships (postid, userid, following, lastviewed, lastupdated, unreadmentions) VALUES {}
    ON CONFLICT (postid, userid) DO UPDATE SET
        following = CASE WHEN excluded.lastviewed > 0 OR excluded.unreadmentions > 0 THEN TRUE
                         ELSE threadmemberships.following END,
        lastviewed = CASE WHEN excluded.lastviewed > 0 THEN excluded.lastviewed
                          ELSE threadmemberships.lastviewed END,
        unreadmentions = CASE WHEN excluded.lastviewed > 0 THEN 0
                              ELSE COALESCE(threadmemberships.unreadmentions, 0) + excluded.unreadmentions END,
        lastupdated = CASE WHEN excluded.lastviewed > 0 OR excluded.unreadmentions > 0 THEN excluded.lastupdated
                           ELSE threadmemberships.lastupdated END
"""
"""One row each for the author (seen up to now), those mentioned (one mention), and those who follow unless they
have stopped (neither)."""


@dataclass(slots=True)
class Reply:
    """A reply that was counted: how many its thread now has, and who had followed it before."""

    post: Post
    channel: Channel
    count: int
    before: dict[str, Following] = field(default_factory=dict)

    def followers(self) -> set[str]:
        """Who had followed the thread before this reply."""
        return {user_id for user_id, one in self.before.items() if one.following}


def count_reply(*, post: Post, channel: Channel) -> Reply:
    """Store the thread's new count and participants, and that its root changed. The thread's row stays locked."""
    rows = run(_thread_statement(), [
        post.root_id, post.create_at, _one_participant(post.user_id), channel.id, channel.team_id,
        post.create_at, post.user_id, post.user_id,
    ])  # fmt: skip
    Post.objects.filter(id=post.root_id).update(update_at=post.create_at)
    return Reply(post, channel, rows[0][0], memberships_of(post.root_id))


def follow(*, reply: Reply, root: Post, mentions: Mentions) -> None:
    """Have those follow the thread whom the reply concerns: its author and those it mentions in any case; the author
    of the root (unless a webhook wrote it), those whom the root mentions and those who follow every thread unless
    they have stopped.
    """
    post = reply.post
    mentioned = mentions.people - mentions.commented - {post.user_id}
    if not config.current().service.thread_auto_follow:
        mentioned &= reply.followers()
    rows = [(post.user_id, post.create_at, 0), *((user_id, 0, 1) for user_id in sorted(mentioned))]
    known = {post.user_id, *mentioned, *reply.before}
    if config.current().service.thread_auto_follow:
        concerned = {*mentions.by_root, *_every_thread(reply.channel)}
        if root.props.get("from_webhook") != "true":
            concerned.add(root.user_id)
        rows += [(user_id, 0, 0) for user_id in sorted(members_among(reply.channel.id, concerned - known))]
    # Later than the reply: a client that asks for what changed after it must get this thread (recorded).
    changed = max(clock.now(), post.create_at + 1)
    values = [value for row in rows for value in (post.root_id, row[0], row[1], changed, row[2])]
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW.format(", ".join([_MEMBERSHIP] * len(rows))), values)


def _every_thread(channel: Channel) -> Collection[str]:
    return () if channel.type == "D" else wishes_of(channel.id).every_thread


def tell_followers(*, reply: Reply, followers: Collection[str], mentions: Mentions) -> None:
    """Tell those who follow the thread how it stands for them; ``followers`` have collapsed threads."""
    post = reply.post
    threads = threads_of_followers(post.root_id, followers)
    for user_id, thread in threads.items():
        if user_id == post.user_id:
            thread, previous = _seen_by_author(thread, reply)
        elif user_id in reply.followers():
            was_mentioned = user_id in mentions.people and user_id not in mentions.commented
            previous = (
                max(thread["unread_mentions"] - was_mentioned, 0),
                max(thread["unread_replies"] - 1, 0),
            )
        else:
            previous = (0, 0)
        publish(thread_updated(thread, user_id=user_id, team_id=reply.channel.team_id, previous=previous))


def _seen_by_author(thread: dict[str, Any], reply: Reply) -> tuple[dict[str, Any], tuple[int, int]]:
    """The author has read everything; the event still tells when the author had looked before (recorded)."""
    own = reply.before.get(reply.post.user_id, Following())
    unread = replies_after(reply.post.root_id, own.last_viewed) if own.last_viewed else reply.count
    shown = thread | {"last_viewed_at": own.last_viewed, "unread_replies": 0, "unread_mentions": 0}
    return shown, (own.unread_mentions, max(unread - 1, 0))


def collapsed_followers(*, reply: Reply) -> set[str]:
    """The members who follow the thread now and have collapsed threads."""
    now = {user_id for user_id, one in memberships_of(reply.post.root_id).items() if one.following}
    return with_collapsed_threads(now)


def _one_participant(user_id: str) -> str:
    return f'["{user_id}"]'


def _thread_statement() -> str:
    """Insert the thread with one reply, or add one: the participant moves to the end of the list."""
    if connection.vendor == "postgresql":
        first = "%s::jsonb"
        moved = "(COALESCE(threads.participants, '[]'::jsonb) - %s::text) || jsonb_build_array(%s::text)"
    else:
        first = "%s"
        moved = """(SELECT json_group_array(value) FROM (
            SELECT value FROM json_each(COALESCE(threads.participants, '[]')) WHERE value <> %s UNION ALL SELECT %s))"""
    return f"""INSERT INTO threads (postid, replycount, lastreplyat, participants, channelid, threadteamid)
        VALUES (%s, 1, %s, {first}, %s, %s)
        ON CONFLICT (postid) DO UPDATE SET
            replycount = COALESCE(threads.replycount, 0) + 1,
            lastreplyat = CASE WHEN COALESCE(threads.lastreplyat, 0) > %s THEN threads.lastreplyat
                               ELSE excluded.lastreplyat END,
            participants = {moved}
        RETURNING replycount"""  # noqa: S608 - constants
