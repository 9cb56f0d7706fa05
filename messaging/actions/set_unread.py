"""Marking a channel as unread from one of its posts on (semantics §10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mattermost_site import clock, config
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging.actions.thread_counts import unread_mentions_of
from messaging.events.post_changes import post_unread
from messaging.events.threads import thread_updated
from messaging.mentions.recount import MentionCounts, mentions_since
from messaging.models import Channel, ThreadMembership
from messaging.queries.collapsed_threads import has_collapsed_threads
from messaging.queries.post_rows import WirePost, run
from messaging.queries.posts import post_or_404
from messaging.queries.threads import threads_of_followers
from messaging.queries.unreads import posts_since

_MARK = """
    UPDATE channelmembers SET
        msgcount = (SELECT c.totalmsgcount FROM channels c WHERE c.id = channelmembers.channelid) - %s,
        msgcountroot = (SELECT c.totalmsgcountroot FROM channels c WHERE c.id = channelmembers.channelid) - %s,
        mentioncount = %s, mentioncountroot = %s, urgentmentioncount = %s, lastviewedat = %s, lastupdateat = %s
    WHERE channelid = %s AND userid = %s RETURNING msgcount, msgcountroot
"""


@dataclass(frozen=True, slots=True)
class _Unread:
    """What will be unread: posts, roots among them, mentions."""

    posts: int
    roots: int
    mentions: MentionCounts


def set_unread(*, user_id: str, post: WirePost, channel: Channel, collapsed_threads_supported: bool) -> dict[str, Any]:
    """Make a channel unread for a member from a post on; answers what is left as read, as ``post_unread`` tells it.

    For a client or a user without collapsed threads, a reply makes its thread unread
    instead of the roots after it (recorded). ``app.channel.get_member.missing.app_error``
    (404) when the user is no member.
    """
    has_collapsed = has_collapsed_threads(user_id)
    by_thread = bool(post["root_id"]) and not (collapsed_threads_supported and has_collapsed)
    posts, roots = posts_since(channel.id, post["create_at"])
    mentions = mentions_since(user_id, channel, post["create_at"])
    if by_thread:
        roots, mentions = 0, MentionCounts(mentions.posts, 0, mentions.urgent)
    with transaction.atomic():
        state = _mark(user_id, channel, post, _Unread(posts, roots, mentions))
        if by_thread and config.current().service.thread_auto_follow:
            _mark_thread(user_id, channel, post, tells=has_collapsed)
        publish(post_unread(state, post["id"]))
    return state


def _mark(user_id: str, channel: Channel, post: WirePost, unread: _Unread) -> dict[str, Any]:
    viewed, now = post["create_at"] - 1, clock.now()
    counts = [unread.posts, unread.roots, unread.mentions.posts, unread.mentions.roots, unread.mentions.urgent]
    rows = run(_MARK, [*counts, viewed, now, channel.id, user_id])
    if not rows:
        raise AppError("app.channel.get_member.missing.app_error", status=404)
    return {
        "team_id": channel.team_id,
        "user_id": user_id,
        "channel_id": channel.id,
        "msg_count": rows[0][0],
        "mention_count": unread.mentions.posts,
        "mention_count_root": unread.mentions.roots,
        "urgent_mention_count": unread.mentions.urgent,
        "msg_count_root": rows[0][1],
        "last_viewed_at": viewed,
    }


def _mark_thread(user_id: str, channel: Channel, post: WirePost, *, tells: bool) -> None:
    """Have the user follow the thread and make it unread from the reply on."""
    root_id, viewed = post["root_id"], post["create_at"] - 1
    changes = {
        "following": True,
        "last_viewed": viewed,
        "last_updated": clock.now(),
        "unread_mentions": unread_mentions_of(user_id, post_or_404(root_id), viewed),
    }
    ThreadMembership.objects.update_or_create(post_id=root_id, user_id=user_id, defaults=changes)
    if tells:
        for thread in threads_of_followers(root_id, [user_id]).values():
            publish(thread_updated(thread, user_id=user_id, team_id=channel.team_id, previous=None))
