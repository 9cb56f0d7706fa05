"""Reads of files and uploads."""

from __future__ import annotations

from files.models import FileInfo, UploadSession
from mattermost_site.errors import AppError


def file_or_404(file_id: str) -> FileInfo:
    """A file without its text; ``app.file_info.get.app_error`` (404) when there is none, or it was deleted."""
    info = FileInfo.objects.filter(id=file_id, delete_at=0).defer("content").first()
    if info is None:
        raise AppError("app.file_info.get.app_error", status=404)
    return info


def upload_or_404(upload_id: str) -> UploadSession:
    """An upload under way; ``app.upload.get.app_error`` (404) when there is none, or it is complete."""
    upload = UploadSession.objects.filter(id=upload_id).first()
    if upload is None:
        raise AppError("app.upload.get.app_error", status=404)
    return upload


def uploads_of(user_id: str) -> list[UploadSession]:
    """A user's uploads under way, oldest first."""
    return list(UploadSession.objects.filter(user_id=user_id).order_by("create_at", "id"))
