"""Threads that people are invited into together with their channel (semantics §11)."""

from __future__ import annotations

from mattermost_site import clock
from mattermost_site.realtime import publish
from messaging.actions.thread_counts import unread_mentions_of
from messaging.events.threads import thread_updated
from messaging.models import Channel, ThreadMembership
from messaging.queries.collapsed_threads import has_collapsed_threads
from messaging.queries.posts import find_post
from messaging.queries.threads import threads_of_followers


def follow_by_invitation(*, user_id: str, root_id: str, channel: Channel) -> None:
    """Have a new member follow a thread of the channel, all of it unread; nothing happens when it is deleted."""
    root = find_post(root_id)
    if root is None:
        return
    viewed = root["create_at"] - 1
    ThreadMembership.objects.update_or_create(
        post_id=root_id,
        user_id=user_id,
        defaults={
            "following": True,
            "last_viewed": viewed,
            "last_updated": clock.now(),
            "unread_mentions": unread_mentions_of(user_id, root, viewed),
        },
    )
    if has_collapsed_threads(user_id):
        for thread in threads_of_followers(root_id, [user_id]).values():
            publish(thread_updated(thread, user_id=user_id, team_id=channel.team_id))
