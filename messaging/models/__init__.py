"""Channels, posts and all that hangs on them."""

from __future__ import annotations

from messaging.models.bookmark import ChannelBookmark
from messaging.models.channel import Channel, GroupChannel, PublicChannel
from messaging.models.channel_member import ChannelMember, ChannelMemberHistory
from messaging.models.content_flagging import CommonReviewer, TeamFlaggingSettings, TeamReviewer
from messaging.models.draft import Draft, ScheduledPost
from messaging.models.emoji import Emoji
from messaging.models.link_metadata import LinkMetadata
from messaging.models.pending_post import PendingPost
from messaging.models.post import (
    PersistentNotification,
    Post,
    PostAcknowledgement,
    PostPriority,
    PostReminder,
    Reaction,
)
from messaging.models.post_index import PostIndex
from messaging.models.search import RecentSearch
from messaging.models.shared_channel import (
    SharedChannel,
    SharedChannelAttachment,
    SharedChannelRemote,
    SharedChannelUser,
)
from messaging.models.sidebar import SidebarCategory, SidebarChannel
from messaging.models.thread import Thread, ThreadMembership

__all__ = [
    "Channel",
    "ChannelBookmark",
    "ChannelMember",
    "ChannelMemberHistory",
    "CommonReviewer",
    "Draft",
    "Emoji",
    "GroupChannel",
    "LinkMetadata",
    "PendingPost",
    "PersistentNotification",
    "Post",
    "PostAcknowledgement",
    "PostIndex",
    "PostPriority",
    "PostReminder",
    "PublicChannel",
    "Reaction",
    "RecentSearch",
    "ScheduledPost",
    "SharedChannel",
    "SharedChannelAttachment",
    "SharedChannelRemote",
    "SharedChannelUser",
    "SidebarCategory",
    "SidebarChannel",
    "TeamFlaggingSettings",
    "TeamReviewer",
    "Thread",
    "ThreadMembership",
]
