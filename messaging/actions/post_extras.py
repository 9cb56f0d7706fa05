"""What single recipients are told of a new post besides the post itself (websocket.md §5, §9)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from messaging.events import text_of
from messaging.mentions.people import Mentions
from messaging.mentions.wishes import wishes_of
from messaging.models import Channel, Post
from messaging.queries.thread_followers import told_on_desktop


def extras_for(
    post: Post, channel: Channel, mentions: Mentions, followers: Collection[str]
) -> dict[str, dict[str, Any]]:
    """By user id: that the post mentions them, that they follow its thread, that it will notify them.

    ``followers`` are those of the thread who have collapsed threads. The author is told
    none of it.
    """
    others = set(followers) - {post.user_id}
    following = told_on_desktop(channel.id, others, mentions.people) if others else set()
    notified = mentions.people | following | wishes_of(channel.id).every_post
    if channel.type == "D":
        notified |= mentions.usernames.keys()
    extras: dict[str, dict[str, Any]] = {}
    for user_id in notified - {post.user_id}:
        extra: dict[str, Any] = {"should_ack": True}
        own = text_of([user_id])
        if user_id in mentions.people:
            extra["mentions"] = own
        if user_id in following:
            extra["followers"] = own
        extras[user_id] = extra
    if post.user_id in mentions.people:  # an integration mentions its owner
        extras[post.user_id] = {"mentions": text_of([post.user_id])}
    return extras
