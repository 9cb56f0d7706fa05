"""Posts that the server itself makes: joins, leaves, changed headers (semantics §8.5)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from accounts.models import Bot, User
from mattermost_site import clock
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish
from messaging import events
from messaging.actions.counters import count_mentions, count_post
from messaging.mentions.people import Content, mentions_of
from messaging.models import Channel, Post
from messaging.queries.unreads import SILENT_TYPES
from messaging.serializers import post_json

WITH_TEXTS = frozenset({"system_displayname_change", "system_header_change", "system_purpose_change"})
"""Types of posts that hold words of people, which may mention others."""


def post_system_message(
    *,
    channel: Channel,
    user_id: str,
    type: str,
    message: str,
    props: dict[str, Any],
    mentioned: Collection[str] = (),
    at: int = 0,
) -> Post:
    """Store a system post by ``user_id`` and tell the channel.

    ``message`` is the plain fallback; clients build the text from ``props``. The members
    in ``mentioned``, and those whom a changed text names, are told that it concerns them,
    and it counts as a mention. ``at`` is the time (ms) of a post that has to follow
    another one of the same moment.
    """
    now = at or clock.now()
    if Bot.objects.filter(user_id=user_id).exists():
        props = props | {"from_bot": "true"}
    post = Post(
        id=new_id(),
        create_at=now,
        update_at=now,
        user_id=user_id,
        channel_id=channel.id,
        message=message,
        type=type,
        props=props,
        remote_id=None,
    )
    post.save(force_insert=True)
    count_post(channel=channel, post=post, counts=type not in SILENT_TYPES)
    people = set(mentioned)
    if type in WITH_TEXTS and channel.team_id:
        people |= mentions_of(Content(user_id, message, props, type), channel).people
    count_mentions(post=post, user_ids=people)
    publish(
        *events.posted(
            post_json(post),
            channel,
            channel_display_name=_shown_name(channel, user_id),
            sender_name="System",
            set_online=True,
            extras={id: {"mentions": events.text_of([id]), "should_ack": True} for id in people},
        )
    )
    return post


def _shown_name(channel: Channel, user_id: str) -> str:
    """What an event calls the channel: a direct one by the author of the post."""
    if channel.type != "D":
        return channel.display_name
    return f"@{User.objects.values_list('username', flat=True).get(id=user_id)}"
