"""Deleting channels for good."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Model, Q

from accounts.models import Preference
from files.models import FileInfo, UploadSession
from mattermost_site import clock, hooks, jobs
from mattermost_site.realtime import control, publish
from messaging import events
from messaging.models import (
    Channel,
    ChannelBookmark,
    ChannelMember,
    ChannelMemberHistory,
    Draft,
    GroupChannel,
    PersistentNotification,
    Post,
    PostAcknowledgement,
    PostIndex,
    PostPriority,
    PostReminder,
    PublicChannel,
    Reaction,
    ScheduledPost,
    SharedChannel,
    SharedChannelRemote,
    SharedChannelUser,
    SidebarChannel,
    Thread,
    ThreadMembership,
)
from teams.models import RetentionPolicyChannel

OF_POSTS: tuple[type[Model], ...] = (
    PersistentNotification, PostAcknowledgement, PostIndex, PostPriority, PostReminder, Reaction, ThreadMembership,
)  # fmt: skip
OF_CHANNEL: tuple[type[Model], ...] = (
    Thread, Post, ChannelBookmark, ChannelMemberHistory, Draft, GroupChannel, PublicChannel, RetentionPolicyChannel,
    ScheduledPost, SharedChannel, SharedChannelRemote, SharedChannelUser, SidebarChannel, UploadSession,
)  # fmt: skip
FILES_A_JOB = 500


def delete_channel_for_good(*, channel: Channel) -> None:
    """Delete a channel with all that hangs on it; its name is free afterwards.

    Files leave the store after the commit, in the background.
    """
    members = list(ChannelMember.objects.filter(channel_id=channel.id).values_list("user_id", flat=True))
    with transaction.atomic():
        hooks.channel_closed(channel.id)
        _delete_files(channel)
        _delete_rows(channel)
        ChannelMember.objects.filter(channel_id=channel.id).delete()
        Channel.objects.filter(id=channel.id).delete()
        publish(events.channel_deleted(channel, clock.now()))
        for user_id in members:
            control.member_left(user_id=user_id, channel_id=channel.id)


def _delete_rows(channel: Channel) -> None:
    posts = Post.objects.filter(channel_id=channel.id).values("id")
    Preference.objects.filter(category="flagged_post", name__in=posts).delete()
    for model in OF_POSTS:
        model._default_manager.filter(post_id__in=posts).delete()
    for model in OF_CHANNEL:
        key = "id" if model is PublicChannel else "channel_id"
        model._default_manager.filter(**{key: channel.id}).delete()


def _delete_files(channel: Channel) -> None:
    posts = Post.objects.filter(channel_id=channel.id).values("id")
    files = FileInfo.objects.filter(Q(channel_id=channel.id) | Q(post_id__in=posts))
    rows = list(files.values_list("path", "thumbnail_path", "preview_path"))
    for start in range(0, len(rows), FILES_A_JOB):
        paths = [path for row in rows[start : start + FILES_A_JOB] for path in row if path]
        jobs.enqueue("files.remove_from_store", {"paths": paths})
    files.delete()
