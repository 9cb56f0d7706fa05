"""What an upload has to be (semantics §2, §9)."""

from __future__ import annotations

from files.models import UploadSession
from mattermost_site import config
from mattermost_site.errors import AppError

FIRST_PART = 5 * 1024 * 1024  # bytes that the first of several parts has to have


def check_upload(upload: UploadSession) -> None:
    """``model.upload_session.is_valid.file_size.app_error``, or 413 when the file would be too large."""
    if upload.file_size <= 0:
        raise AppError("model.upload_session.is_valid.file_size.app_error")
    if upload.file_size > config.current().file.max_file_size:
        raise AppError("api.upload.create.upload_too_large.app_error", status=413)


def check_part(upload: UploadSession, size: int) -> None:
    """A part of ``size`` bytes fits in what is missing; the first of several is not tiny."""
    missing = upload.file_size - upload.file_offset
    if not 0 < size <= missing:
        raise AppError("api.upload.upload_data.invalid_content_length")
    if not upload.file_offset and size < min(FIRST_PART, missing):
        raise AppError("app.upload.upload_data.first_part_too_small.app_error")
