"""Storing files: the bytes, the small pictures of pictures, and the row that knows of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from posixpath import splitext
from tempfile import TemporaryFile
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from files import pictures
from files.media_types import media_type_of
from files.models import FileInfo
from files.names import extension_of, stored_name
from files.received import PIECE, Received
from mattermost_site import clock
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id

BOOKMARK_OWNER = "bookmark"  # who has "uploaded" files of bookmarks: nobody keeps a right to them on leaving
SVG = "image/svg+xml"

logger = logging.getLogger(__name__)


class TooManyPixels(AppError):
    """A picture has more pixels than the server decodes."""

    id = "api.file.upload_file.large_image_detailed.app_error"


class NotStored(AppError):
    """The store did not take a file."""

    id = "api.file.upload_file.storage.app_error"
    status = 500


def store_files(*, user_id: str, channel_id: str, files: Sequence[Received], for_bookmark: bool) -> list[FileInfo]:
    """Store what a user has uploaded to a channel, all of it or nothing; answers the rows, in the order given."""
    creator_id, stored = BOOKMARK_OWNER if for_bookmark else user_id, []
    try:
        for number, file in enumerate(files):
            # Files of one post are shown by the time they were made.
            at = clock.now() + number
            stored.append(store_file(creator_id=creator_id, channel_id=channel_id, file=file, at=at))
    except Exception:
        for info in stored:
            remove(info)
        raise
    return stored


def store_file(*, creator_id: str, channel_id: str, file: Received, at: int) -> FileInfo:
    """Store one file, made at ``at`` (ms). Raises TooManyPixels, NotStored; then nothing of it stays in the store."""
    info = describe(creator_id=creator_id, channel_id=channel_id, name=file.name, size=file.size, at=at)
    written: list[str] = []
    try:
        if info.mime_type == SVG:
            info.width, info.height = pictures.svg_size(file.content)
        elif info.mime_type.startswith("image/"):
            _draw(info, file, written)
        write(info.path, file.content, written)
        with transaction.atomic():
            info.save(force_insert=True)
    except Exception:
        unwrite(written)
        raise
    return info


def remove(info: FileInfo) -> None:
    """Take back a file that was stored just now."""
    info.delete()
    unwrite([path for path in (info.path, info.thumbnail_path, info.preview_path) if path])


def describe(*, creator_id: str, channel_id: str, name: str, size: int, at: int) -> FileInfo:
    """The row of a file, not saved: what follows from its name, and its place in the store."""
    extension = extension_of(name)
    info = FileInfo(
        id=new_id(),
        creator_id=creator_id,
        channel_id=channel_id,
        create_at=at,
        update_at=at,
        name=name,
        extension=extension,
        size=size,
        mime_type=media_type_of(extension),
    )
    info.path = folder_of(info) + stored_name(name)
    return info


def folder_of(info: FileInfo) -> str:
    """The folder of a file in the store, as the other server has it: by day, channel and person."""
    day = datetime.fromtimestamp(info.create_at / 1000, UTC).strftime("%Y%m%d")
    first = BOOKMARK_OWNER if info.creator_id == BOOKMARK_OWNER else day
    return f"{first}/teams/noteam/channels/{info.channel_id}/users/{info.creator_id}/{info.id}/"


def _draw(info: FileInfo, file: Received, written: list[str]) -> None:
    """Store the small pictures, and what is known of the large one; what is no picture stays a plain file."""
    with ExitStack() as stack:
        source = stack.enter_context(_on_disk(file.content))
        try:
            drawn = stack.enter_context(pictures.drawn(source))
        except pictures.TooManyPixels as error:
            raise TooManyPixels(params={"Filename": file.name}) from error
        if drawn is None:
            return
        stem, suffix = splitext(info.path)[0], "png" if info.mime_type == "image/png" else "jpg"
        info.width, info.height, info.mini_preview = drawn.width, drawn.height, drawn.mini
        info.has_preview_image = not drawn.is_animation
        info.thumbnail_path, info.preview_path = f"{stem}_thumb.{suffix}", f"{stem}_preview.{suffix}"
        _copy(drawn.thumbnail, info.thumbnail_path, written)
        _copy(drawn.preview, info.preview_path, written)


def _on_disk(content: IO[bytes]) -> IO[bytes]:
    """A copy that another program can read: small files are in memory."""
    copy = TemporaryFile()  # noqa: SIM115 - the caller closes it
    content.seek(0)
    while piece := content.read(PIECE):
        copy.write(piece)
    copy.flush()
    return copy


def _copy(source: Path, path: str, written: list[str]) -> None:
    with source.open("rb") as file:
        write(path, file, written)


def write(path: str, content: IO[bytes], written: list[str]) -> None:
    """Store a file from its beginning; its path is in ``written`` even if that fails. Raises NotStored."""
    content.seek(0)
    written.append(path)
    try:
        default_storage.save(path, File(content))
    except Exception as error:
        logger.exception("a file could not be stored")
        raise NotStored from error


def unwrite(paths: Sequence[str]) -> None:
    """Delete what belongs to no row; that it fails changes nothing for whoever waits for an answer."""
    for path in paths:
        try:
            default_storage.delete(path)
        except Exception:
            logger.exception("a file without a row stays in the store: %s", path)
