"""Events about channels and posts, named as on the wire (websocket.md §9): one module a topic."""

from __future__ import annotations

from messaging.events.channels import (
    channel_converted,
    channel_created,
    channel_deleted,
    channel_member_updated,
    channel_restored,
    channel_updated,
    direct_added,
    group_added,
    multiple_channels_viewed,
    threads_of_channel_read,
    typing,
    user_added,
    user_joined_default,
    user_removed,
)
from messaging.events.encoding import text_of
from messaging.events.posts import posted
from messaging.events.sidebar import sidebar_category_updated

__all__ = [
    "channel_converted",
    "channel_created",
    "channel_deleted",
    "channel_member_updated",
    "channel_restored",
    "channel_updated",
    "direct_added",
    "group_added",
    "multiple_channels_viewed",
    "posted",
    "sidebar_category_updated",
    "text_of",
    "threads_of_channel_read",
    "typing",
    "user_added",
    "user_joined_default",
    "user_removed",
]
