"""Making channels."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.validation import clean_text
from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish
from messaging import events, validation
from messaging.actions.arrivals import post_arrival
from messaging.actions.members import store_member
from messaging.models import Channel, PublicChannel


@dataclass(slots=True)
class NewChannel:
    """What somebody asks for in a new channel.

    Times (ms) and counts are 0 unless the channel was somewhere else before: who makes
    a channel may bring them along. ``id`` and ``delete_at`` are refused, not ignored.
    """

    team_id: str
    name: str
    display_name: str
    type: str
    header: str = ""
    purpose: str = ""
    group_constrained: bool | None = None
    create_at: int = 0
    last_post_at: int = 0
    last_root_post_at: int = 0
    total_msg_count: int = 0
    total_msg_count_root: int = 0
    id: str = ""
    delete_at: int = 0


def create_channel(*, actor: Actor, creator: User, wanted: NewChannel) -> Channel:
    """Make a public or private channel whose creator becomes its admin (semantics §7).

    Raises InvalidChannel, ``store.sql_channel.save_channel.exists.app_error`` when the
    name is taken, ``api.channel.create_channel.max_channel_limit.app_error``, and for a team
    without channels, which does not exist, ``app.channel.get_channels.not_found.app_error`` (404).
    """
    if wanted.delete_at:
        raise AppError("store.sql_channel.save.archived_channel.app_error")
    if wanted.id:
        raise AppError("store.sql_channel.save_channel.existing.app_error")
    count = Channel.objects.filter(team_id=wanted.team_id, type__in=("O", "P"), delete_at=0).count()
    if not count:
        raise AppError("app.channel.get_channels.not_found.app_error", status=404)
    if count >= config.current().team.max_channels_per_team:
        raise AppError("api.channel.create_channel.max_channel_limit.app_error")
    with transaction.atomic():
        channel = store_channel(wanted, creator_id=creator.id)
        store_member(channel=channel, user=creator, is_admin=True)
        post_arrival(channel=channel, user=creator)
        publish(events.channel_created(channel, creator.id))
    return channel


def store_channel(wanted: NewChannel, *, creator_id: str) -> Channel:
    """Store a channel, and its row among the public ones when it is one; no member, no post, no event."""
    create_at = wanted.create_at or clock.now()
    channel = Channel(
        id=new_id(),
        create_at=create_at,
        update_at=create_at,
        team_id=wanted.team_id,
        type=wanted.type,
        name=wanted.name,
        display_name=clean_text(wanted.display_name),
        header=clean_text(wanted.header),
        purpose=clean_text(wanted.purpose),
        creator_id=creator_id,
        group_constrained=wanted.group_constrained,
        last_post_at=wanted.last_post_at,
        last_root_post_at=wanted.last_root_post_at,
        total_msg_count=wanted.total_msg_count,
        total_msg_count_root=wanted.total_msg_count_root,
    )
    validation.check_channel(channel)
    with transaction.atomic():
        save_unique(channel, is_new=True)
        mirror_public(channel)
    return channel


def save_unique(channel: Channel, *, fields: Collection[str] = (), is_new: bool = False) -> None:
    """Store a channel (only ``fields`` of an old one), or ``store.sql_channel.save_channel.exists.app_error``."""
    try:
        with transaction.atomic():
            channel.save(force_insert=is_new, update_fields=None if is_new else fields)
    except IntegrityError:
        raise AppError("store.sql_channel.save_channel.exists.app_error") from None


def mirror_public(channel: Channel) -> None:
    """Keep the table of public channels, which lists and searches read, equal to the channel."""
    if channel.type != "O":
        PublicChannel.objects.filter(id=channel.id).delete()
        return
    PublicChannel.objects.update_or_create(
        id=channel.id,
        defaults={
            "delete_at": channel.delete_at,
            "team_id": channel.team_id,
            "display_name": channel.display_name,
            "name": channel.name,
            "header": channel.header,
            "purpose": channel.purpose,
        },
    )
