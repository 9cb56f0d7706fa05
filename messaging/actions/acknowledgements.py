"""Confirming that one has read a post that asked for it (semantics §8.3)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from mattermost_site import clock
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging.access import ChannelAccess
from messaging.events.post_changes import acknowledgement_added, acknowledgement_removed, post_edited
from messaging.models import PersistentNotification, Post, PostAcknowledgement
from messaging.post_metadata import complete
from messaging.queries.post_parts import acknowledgement_json
from messaging.queries.posts import NoSuchPost, post_or_404

UNDO_LIMIT = 5 * clock.MINUTE


def acknowledge(*, user_id: str, post_id: str, access: ChannelAccess) -> dict[str, Any]:
    """A user confirms to have read a post, which ends the repeated notifications of it.

    Raises NoSuchPost, ``api.acknowledgement.save.archived_channel.app_error``.
    """
    _require_place(post_id, access, "save")
    now = clock.now()
    with transaction.atomic():
        acknowledgement, _ = PostAcknowledgement.objects.update_or_create(
            post_id=post_id,
            user_id=user_id,
            defaults={"acknowledged_at": now, "channel_id": access.channel.id},
        )
        PersistentNotification.objects.filter(post_id=post_id, delete_at=0).update(delete_at=now)
        shape = acknowledgement_json(acknowledgement)
        publish(acknowledgement_added(shape))
        _touch(post_id, now)
    return shape


def take_back(*, user_id: str, post_id: str, access: ChannelAccess) -> None:
    """Take a confirmation back, within five minutes; one that never was is nothing to do.

    Raises NoSuchPost, ``api.acknowledgement.delete.archived_channel.app_error``,
    ``api.acknowledgement.delete.deadline.app_error`` (403).
    """
    _require_place(post_id, access, "delete")
    now = clock.now()
    with transaction.atomic():
        rows = PostAcknowledgement.objects.select_for_update().filter(post_id=post_id, user_id=user_id)
        acknowledgement = rows.filter(acknowledged_at__gt=0).first()
        if acknowledgement is None:
            return
        if now - acknowledgement.acknowledged_at > UNDO_LIMIT:
            raise AppError("api.acknowledgement.delete.deadline.app_error", status=403)
        rows.update(acknowledged_at=0)
        acknowledgement.acknowledged_at = 0
        publish(acknowledgement_removed(acknowledgement_json(acknowledgement)))
        _touch(post_id, now)


def _require_place(post_id: str, access: ChannelAccess, operation: str) -> None:
    if not Post.objects.filter(id=post_id, delete_at=0).exists():
        raise NoSuchPost
    if access.channel.delete_at:
        raise AppError(f"api.acknowledgement.{operation}.archived_channel.app_error")


def _touch(post_id: str, now: int) -> None:
    """The post counts as changed, so that clients which were away read it again."""
    Post.objects.filter(id=post_id).update(update_at=now)
    shape = post_or_404(post_id)
    publish(*post_edited(shape, complete([shape], None).get(post_id)))
