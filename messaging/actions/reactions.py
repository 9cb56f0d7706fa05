"""Reacting to posts (semantics §8.4)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging.access import ChannelAccess
from messaging.emoji_names import is_system_emoji
from messaging.events.reactions import reaction_added, reaction_removed
from messaging.models import Emoji, Post, Reaction
from messaging.queries.post_parts import reaction_json
from messaging.queries.posts import NoSuchPost


class UnknownEmoji(AppError):
    """There is no emoji of this name."""

    id = "app.emoji.get_by_name.no_result"
    status = 404


def add_reaction(*, actor: Actor, post_id: str, emoji_name: str, access: ChannelAccess) -> dict[str, Any]:
    """React to a post; the same reaction again changes nothing, but is told again.

    Raises NoSuchPost, ``api.reaction.save.archived_channel.app_error``, UnknownEmoji, and
    ``app.reaction.save.save.too_many_reactions`` when the post has as many different ones as it may.
    """
    _require_place(post_id, access, "save")
    if not is_system_emoji(emoji_name) and not Emoji.objects.filter(name=emoji_name, delete_at=0).exists():
        raise UnknownEmoji
    now = clock.now()
    with transaction.atomic():
        # The row of the post is locked first, so that two new reactions cannot both be the last allowed one.
        _touch(post_id, now, has_reactions=True)
        _require_room(post_id, emoji_name)
        Reaction.objects.update_or_create(
            post_id=post_id,
            user_id=actor.user_id,
            emoji_name=emoji_name,
            defaults={"update_at": now, "delete_at": 0, "channel_id": access.channel.id},
            create_defaults={"create_at": now, "update_at": now, "channel_id": access.channel.id},
        )
        shape = reaction_json(
            Reaction(
                post_id=post_id,
                user_id=actor.user_id,
                emoji_name=emoji_name,
                create_at=now,
                update_at=now,
                channel_id=access.channel.id,
            )
        )
        publish(reaction_added(shape))
    return shape


def remove_reaction(*, user_id: str, post_id: str, emoji_name: str, access: ChannelAccess) -> None:
    """Take a reaction back; one that never was is taken back in the same way.

    Raises NoSuchPost, ``api.reaction.delete.archived_channel.app_error``.
    """
    _require_place(post_id, access, "delete")
    now = clock.now()
    with transaction.atomic():
        Reaction.objects.filter(post_id=post_id, user_id=user_id, emoji_name=emoji_name, delete_at=0).update(
            update_at=now, delete_at=now
        )
        left = Reaction.objects.filter(post_id=post_id, delete_at=0).exists()
        _touch(post_id, now, has_reactions=left)
        gone = Reaction(post_id=post_id, user_id=user_id, emoji_name=emoji_name, update_at=now)
        publish(reaction_removed(reaction_json(gone), access.channel.id))


def _require_place(post_id: str, access: ChannelAccess, operation: str) -> None:
    if not Post.objects.filter(id=post_id, delete_at=0).exists():
        raise NoSuchPost
    if access.channel.delete_at:
        raise AppError(f"api.reaction.{operation}.archived_channel.app_error", status=403)


def _require_room(post_id: str, emoji_name: str) -> None:
    limit = config.current().service.unique_emoji_reaction_limit_per_post
    names = set(Reaction.objects.filter(post_id=post_id, delete_at=0).values_list("emoji_name", flat=True))
    if emoji_name not in names and len(names) >= limit:
        raise AppError("app.reaction.save.save.too_many_reactions")


def _touch(post_id: str, now: int, *, has_reactions: bool) -> None:
    Post.objects.filter(id=post_id).update(has_reactions=has_reactions, update_at=now)
