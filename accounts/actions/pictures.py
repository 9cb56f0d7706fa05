"""Profile pictures: uploading them and going back to the generated one."""

from __future__ import annotations

from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts import events
from accounts.models import Bot, User
from accounts.pictures import picture_path, square_png
from mattermost_site import clock
from mattermost_site.realtime import publish


def set_picture(*, user: User, upload: IO[bytes]) -> None:
    """Crop a picture, store it and tell everybody; the same picture again changes nothing.

    Raises ``api.user.upload_profile_user.check_image_limits.app_error`` when it is no
    picture or too large a one.
    """
    picture = square_png(upload)
    path = picture_path(user.id)
    if user.last_picture_update > 0 and _stored(path) == picture:
        return
    default_storage.save(path, ContentFile(picture))
    _changed(user, clock.now())


def remove_picture(*, user: User) -> None:
    """Show the generated picture again, and tell everybody."""
    _changed(user, -clock.now())
    default_storage.delete(picture_path(user.id))


def mark_generated(*, user: User) -> None:
    """The generated picture became another one, for the name changed: clients must load it anew. Saves that only."""
    user.last_picture_update = -clock.now()
    user.save(update_fields=["last_picture_update"])


def _changed(user: User, time: int) -> None:
    user.last_picture_update, user.update_at = time, abs(time)
    with transaction.atomic():
        user.save(update_fields=["last_picture_update", "update_at"])
        publish(events.picture_changed(user, Bot.objects.filter(user_id=user.id).first()))


def _stored(path: str) -> bytes:
    if not default_storage.exists(path):
        return b""
    with default_storage.open(path) as file:
        content: bytes = file.read()
    return content
