"""Uploads in parts: a client that loses its connection goes on where it was (semantics §9, "Resumable")."""

from __future__ import annotations

from contextlib import ExitStack
from posixpath import normpath
from typing import IO

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum

from files.actions.files import TooManyPixels, describe, store_file, unwrite, write
from files.models import FileInfo, UploadPart, UploadSession
from files.names import stored_name
from files.received import Received, pieces_of, temporary_file
from files.validation import check_part, check_upload
from mattermost_site import clock, config, jobs
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id

ATTACHMENT, IMPORT = "attachment", "import"
FORGOTTEN_AFTER = 7 * clock.DAY  # uploads that nobody goes on with
BATCH = 500


def create_upload(*, user_id: str, channel_id: str, name: str, size: int, type: str = ATTACHMENT) -> UploadSession:
    """Announce a file of ``size`` bytes for a channel, or, without one, for the folder of imports."""
    about = describe(creator_id=user_id, channel_id=channel_id, name=name, size=size, at=clock.now())
    upload = UploadSession(
        id=new_id(),
        type=type,
        create_at=about.create_at,
        user_id=user_id,
        channel_id=channel_id,
        filename=name,
        file_size=size,
    )
    upload.path = _import_path(upload) if type == IMPORT else about.path
    check_upload(upload)
    with transaction.atomic():
        upload.save(force_insert=True)
    return upload


def _import_path(upload: UploadSession) -> str:
    """Below the folder of imports, which is one of the file store however it is written."""
    return normpath(f"/{config.current().import_.directory}/{upload.id}_{stored_name(upload.filename)}").lstrip("/")


def resume_upload(*, upload: UploadSession) -> None:
    """Have an upload begin anew whose parts are not here: the other server left it unfinished."""
    if upload.file_offset == (_arrived(upload) if upload.file_offset else 0):
        return
    upload.file_offset = 0
    with transaction.atomic():
        _forget_parts([upload.id])
        upload.save(update_fields=["file_offset"])


def _arrived(upload: UploadSession) -> int:
    return UploadPart.objects.filter(upload_id=upload.id).aggregate(size=Sum("size"))["size"] or 0


def receive_part(*, upload: UploadSession, part: Received) -> FileInfo | None:
    """Store the next part of an upload; answers the file when it was the last one.

    Of two requests that send a part at the same time, one is refused with
    ``app.upload.upload_data.concurrent.app_error``. A part after which the file cannot be
    put together is taken back, so that it can be sent again.
    """
    check_part(upload, part.size)
    row = UploadPart(
        path=f"uploads/{upload.id}/{new_id()}", upload_id=upload.id, file_offset=upload.file_offset, size=part.size
    )
    _store_part(row, part.content)
    upload.file_offset += part.size
    if upload.file_offset < upload.file_size:
        return None
    try:
        return _finish(upload)
    except TooManyPixels as error:
        cancel_upload(upload=upload)
        raise AppError("app.upload.upload_data.large_image.app_error", params=error.params) from error
    except Exception:
        _take_back(row)
        raise


def _store_part(row: UploadPart, content: IO[bytes]) -> None:
    written: list[str] = []
    try:
        write(row.path, content, written)
        with transaction.atomic():
            unmoved = UploadSession.objects.filter(id=row.upload_id, file_offset=row.file_offset)
            if not unmoved.update(file_offset=row.file_offset + row.size):
                raise AppError("app.upload.upload_data.concurrent.app_error")
            row.save(force_insert=True)
    except Exception:
        unwrite(written)
        raise


def _take_back(row: UploadPart) -> None:
    with transaction.atomic():
        row.delete()
        UploadSession.objects.filter(id=row.upload_id).update(file_offset=row.file_offset)
    unwrite([row.path])


def _finish(upload: UploadSession) -> FileInfo:
    with ExitStack() as stack:
        whole = Received(upload.filename, _joined(upload, stack), upload.file_size)
        if upload.type == IMPORT:
            info = describe(creator_id=upload.user_id, channel_id="", name=whole.name, size=whole.size, at=clock.now())
            write(upload.path, whole.content, [])
        else:
            info = store_file(creator_id=upload.user_id, channel_id=upload.channel_id, file=whole, at=clock.now())
    cancel_upload(upload=upload)
    return info


def _joined(upload: UploadSession, stack: ExitStack) -> IO[bytes]:
    whole = temporary_file(stack)
    for part in UploadPart.objects.filter(upload_id=upload.id).order_by("file_offset"):
        with default_storage.open(part.path) as file:
            for piece in pieces_of(file):
                whole.write(piece)
    whole.seek(0)
    return whole


def cancel_upload(*, upload: UploadSession) -> None:
    """Delete an upload, done with or not, and what has arrived of it; parts leave the store in the background."""
    with transaction.atomic():
        _forget_parts([upload.id])
        UploadSession.objects.filter(id=upload.id).delete()


def forget_uploads() -> None:
    """Delete uploads that nobody has finished for a week, and parts whose upload went with its channel or user."""
    with transaction.atomic():
        old = UploadSession.objects.filter(create_at__lt=clock.now() - FORGOTTEN_AFTER)
        ids = list(old.values_list("id", flat=True)[:BATCH])
        known = UploadSession.objects.values("id")
        lost = UploadPart.objects.exclude(upload_id__in=known).values_list("upload_id", flat=True)[:BATCH]
        _forget_parts([*ids, *lost])
        UploadSession.objects.filter(id__in=ids).delete()


def _forget_parts(upload_ids: list[str]) -> None:
    rows = UploadPart.objects.filter(upload_id__in=upload_ids)
    if paths := list(rows.values_list("path", flat=True)):
        rows.delete()
        jobs.enqueue("files.remove_from_store", {"paths": paths})
