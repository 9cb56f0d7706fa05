"""Custom emoji: making and deleting them (semantics §8.4)."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from mattermost_site import clock, jobs
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish
from messaging.emoji_names import is_system_emoji
from messaging.emoji_pictures import picture_path, prepared
from messaging.events.emoji import emoji_added
from messaging.models import Emoji, Post, Reaction
from messaging.queries.post_parts import emoji_json

NAME = re.compile(r"[A-Za-z0-9_+-]{1,64}")


class NameTaken(AppError):
    """There is an emoji of this name already."""

    id = "api.emoji.create.duplicate.app_error"


def check_name(name: str) -> None:
    """Refuse a name that no new emoji can have.

    Raises ``model.emoji.name.app_error``, ``model.emoji.system_emoji_name.app_error`` and NameTaken.
    """
    if not NAME.fullmatch(name):
        raise AppError("model.emoji.name.app_error")
    if is_system_emoji(name):
        raise AppError("model.emoji.system_emoji_name.app_error")
    if Emoji.objects.filter(name=name, delete_at=0).exists():
        raise NameTaken


def create_emoji(*, actor: Actor, name: str, upload: bytes) -> dict[str, Any]:
    """Make an emoji of a picture and tell everybody; answers its wire shape.

    Raises what ``check_name`` and ``emoji_pictures.prepared`` raise.
    """
    check_name(name)
    picture, now = prepared(upload), clock.now()
    emoji = Emoji(id=new_id(), create_at=now, update_at=now, creator_id=actor.user_id, name=name)
    path = default_storage.save(picture_path(emoji.id), ContentFile(picture))
    shape = emoji_json(emoji)
    try:
        with transaction.atomic():
            emoji.save(force_insert=True)
            publish(emoji_added(shape))
    except IntegrityError as error:  # somebody else took the name meanwhile
        default_storage.delete(path)
        raise NameTaken from error
    return shape


def delete_emoji(*, emoji: Emoji) -> None:
    """Delete an emoji with all reactions made with it; its name is free again. Nobody is told (recorded)."""
    now = clock.now()
    with transaction.atomic():
        Emoji.objects.filter(id=emoji.id).update(delete_at=now, update_at=now)
        reactions = Reaction.objects.filter(emoji_name=emoji.name)
        gone = reactions.filter(delete_at=0).update(delete_at=now, update_at=now)
        if gone:
            left = Reaction.objects.filter(post_id=OuterRef("pk"), delete_at=0)
            posts = Post.objects.filter(id__in=reactions.filter(delete_at=now).values("post_id"))
            posts.update(has_reactions=Exists(left), update_at=now)
        jobs.enqueue("files.remove_from_store", {"paths": [picture_path(emoji.id)]})
