"""Changing channels: fields, privacy (semantics §7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.validation import clean_text
from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging import events, validation
from messaging.actions.channels import mirror_public, save_unique
from messaging.actions.system_posts import post_system_message
from messaging.models import Channel, ChannelMember
from messaging.models.channel import TOWN_SQUARE

CHANGEABLE = ("team_id", "type", "name", "display_name", "header", "purpose", "group_constrained", "banner_info")
"""Fields that people change; the others count posts or say when something happened."""


@dataclass(slots=True)
class ChannelChanges:
    """New values of a channel's fields; None leaves a field as it is."""

    name: str | None = None
    display_name: str | None = None
    header: str | None = None
    purpose: str | None = None
    group_constrained: bool | None = None
    banner: dict[str, Any] | None = None
    """Parts of the banner: ``enabled``, ``text``, ``background_color``."""


def patch_channel(*, actor: Actor, channel: Channel, changes: ChannelChanges) -> Channel:
    """Change some fields; each new text is told by a post of its own. The errors are those of ``update_channel``."""
    old = _texts(channel)
    with transaction.atomic():
        changed = update_fields(channel=channel, changes=changes)
        user = User.objects.only("id", "username").get(id=actor.user_id)
        for later, (kind, key) in enumerate(_KINDS.items()):
            if getattr(changes, key) is not None and old[key] != getattr(changed, key):
                at = changed.update_at + later  # one after the other, in this order
                _post_change(changed, user, kind=kind, old=old[key], new=getattr(changed, key), at=at)
    return changed


def update_channel(*, actor: Actor, channel: Channel, changes: ChannelChanges) -> Channel:
    """Replace fields; only a new display name is told by a post (recorded, unlike ``patch_channel``).

    Raises InvalidChannel, ``api.channel.update_channel.tried.app_error`` when town square
    would get another name, ``app.channel.update.bad_id`` for an archived channel, and
    ``store.sql_channel.save_channel.exists.app_error`` when the name is taken.
    """
    old_name = channel.display_name
    with transaction.atomic():
        changed = update_fields(channel=channel, changes=changes)
        if changes.display_name is not None and changed.display_name != old_name:
            user = User.objects.only("id", "username").get(id=actor.user_id)
            _post_change(changed, user, kind="displayname", old=old_name, new=changed.display_name)
    return changed


def change_privacy(*, actor: Actor, channel: Channel, type: str) -> Channel:
    """Make a channel public (``type`` O) or private (P), and say so even when it was that already (recorded).

    Raises ``api.channel.update_channel_privacy.default_channel_error`` when town square would
    become private, ``app.channel.update.bad_id``, and InvalidChannel for direct and group channels.
    """
    if channel.name == TOWN_SQUARE and type != "O":
        raise AppError("api.channel.update_channel_privacy.default_channel_error")
    channel.type = type
    with transaction.atomic():
        store_changes(channel, "type")
        publish(events.channel_updated(channel))
        user = User.objects.only("id", "username").get(id=actor.user_id)
        kind = "public" if type == "O" else "private"
        post_system_message(
            channel=channel,
            user_id=user.id,
            type="system_change_chan_privacy",
            message=f"{user.username} made this channel {kind}.",
            props={"username": user.username},
        )
        publish(events.channel_converted(channel))
    return channel


def update_fields(*, channel: Channel, changes: ChannelChanges, also: tuple[str, ...] = ()) -> Channel:
    """Apply, check and store changes, and fields that the caller has changed ``also``; tell the channel's members."""
    if channel.name == TOWN_SQUARE and changes.name not in (None, TOWN_SQUARE) and channel.team_id:
        raise AppError("api.channel.update_channel.tried.app_error")
    values: dict[str, Any] = {
        "name": changes.name,
        "display_name": _cleaned(changes.display_name),
        "header": _cleaned(changes.header),
        "purpose": _cleaned(changes.purpose),
        "group_constrained": changes.group_constrained,
    }
    if changes.banner is not None:
        values["banner_info"] = validation.checked_banner(channel, {**(channel.banner_info or {}), **changes.banner})
    given = {key: value for key, value in values.items() if value is not None}
    for key, value in given.items():
        setattr(channel, key, value)
    store_changes(channel, *given, *also)
    publish(events.channel_updated(channel))
    return channel


def _cleaned(text: str | None) -> str | None:
    return None if text is None else clean_text(text)


def store_changes(channel: Channel, *fields: str) -> None:
    """Check a channel and store some of its fields; ``app.channel.update.bad_id`` for an archived one.

    Nothing else is written: somebody may change another field meanwhile, or post.
    ``channel`` shows afterwards what others have changed.
    """
    validation.check_channel(channel)
    if channel.delete_at:
        raise AppError("app.channel.update.bad_id")
    channel.update_at = clock.now()
    with transaction.atomic():
        save_unique(channel, fields=("update_at", *fields))
        channel.refresh_from_db(fields=CHANGEABLE)
        mirror_public(channel)


def _texts(channel: Channel) -> dict[str, str]:
    return {"display_name": channel.display_name, "header": channel.header, "purpose": channel.purpose}


_KINDS = {"displayname": "display_name", "header": "header", "purpose": "purpose"}
_SHOWN = {"displayname": "display name", "header": "channel header", "purpose": "channel purpose"}


def _post_change(channel: Channel, user: User, *, kind: str, old: str, new: str, at: int = 0) -> None:
    """Post that a text of the channel changed; in direct and group channels that concerns everybody."""
    others = ChannelMember.objects.filter(channel_id=channel.id).exclude(user_id=user.id)
    post_system_message(
        channel=channel,
        user_id=user.id,
        type=f"system_{kind}_change",
        message=_sentence(user.username, _SHOWN[kind], old, new),
        props={"username": user.username, f"old_{kind}": old, f"new_{kind}": new},
        mentioned=[] if channel.team_id else list(others.values_list("user_id", flat=True)),
        at=at,
    )


def _sentence(username: str, what: str, old: str, new: str) -> str:
    if not new:
        return f"{username} removed the {what} (was: {old})."
    return f"{username} changed the {what} from: {old} to: {new}" if old else f"{username} set the {what} to: {new}"
