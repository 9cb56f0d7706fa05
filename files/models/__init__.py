"""Files."""

from __future__ import annotations

from files.models.file_info import FileInfo
from files.models.upload_part import UploadPart
from files.models.upload_session import UploadSession

__all__ = [
    "FileInfo",
    "UploadPart",
    "UploadSession",
]
