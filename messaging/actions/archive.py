"""Archiving channels and bringing them back (semantics §7)."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from mattermost_site import clock, hooks
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import control, publish
from messaging import events
from messaging.actions.channels import mirror_public
from messaging.actions.system_posts import post_system_message
from messaging.models import Channel, ChannelMemberHistory
from messaging.models.channel import TOWN_SQUARE


def archive_channel(*, actor: Actor, channel: Channel) -> None:
    """Close a public or private channel; members and posts stay and can be read.

    Raises ``api.channel.delete_channel.deleted.app_error`` for an archived one and
    ``api.channel.delete_channel.cannot.app_error`` for town square.
    """
    if channel.delete_at:
        raise AppError("api.channel.delete_channel.deleted.app_error")
    if channel.name == TOWN_SQUARE:
        raise AppError("api.channel.delete_channel.cannot.app_error")
    with transaction.atomic():
        _post(channel, actor, "deleted", "archived the channel")
        hooks.channel_closed(channel.id)
        _set_delete_at(channel, clock.now())
        publish(events.channel_deleted(channel, channel.delete_at))


def restore_channel(*, actor: Actor, channel: Channel) -> Channel:
    """Open an archived channel again; ``api.channel.restore_channel.restored.app_error`` when it is open."""
    if not channel.delete_at:
        raise AppError("api.channel.restore_channel.restored.app_error")
    archived_at = channel.delete_at
    with transaction.atomic():
        _set_delete_at(channel, 0)
        publish(events.channel_restored(channel))
        _post(channel, actor, "restored", "restored the channel")
        _let_newcomers_hear(channel, archived_at)
    return channel


def _let_newcomers_hear(channel: Channel, archived_at: int) -> None:
    """Have the sockets of those who came while the channel was archived hear it."""
    newcomers = ChannelMemberHistory.objects.filter(
        channel_id=channel.id, join_time__gte=archived_at, leave_time=None
    ).values_list("user_id", flat=True)
    for user_id in newcomers:
        control.member_joined(user_id=user_id, channel_id=channel.id)


def _set_delete_at(channel: Channel, delete_at: int) -> None:
    channel.delete_at, channel.update_at = delete_at, clock.now()
    channel.save(update_fields=["delete_at", "update_at"])
    mirror_public(channel)


def _post(channel: Channel, actor: Actor, what: str, sentence: str) -> None:
    user = User.objects.only("id", "username").get(id=actor.user_id)
    post_system_message(
        channel=channel,
        user_id=user.id,
        type=f"system_channel_{what}",
        message=f"{user.username} {sentence}.",
        props={"username": user.username},
    )
