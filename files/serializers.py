"""Files and uploads as the API shows them (semantics §9)."""

from __future__ import annotations

import base64
from typing import Any

from files.models import FileInfo, UploadSession


def file_json(info: FileInfo) -> dict[str, Any]:
    """A stored file; what does not apply to it is left out."""
    out: dict[str, Any] = {
        "id": info.id,
        "user_id": info.creator_id,
        "channel_id": info.channel_id,
        "create_at": info.create_at,
        "update_at": info.update_at,
        "delete_at": info.delete_at,
        "name": info.name,
        "extension": info.extension,
        "size": info.size,
        "mime_type": info.mime_type,
        "mini_preview": base64.b64encode(info.mini_preview).decode() if info.mini_preview else None,
        "remote_id": info.remote_id,
        "archived": info.archived,
    }
    optional = {
        "post_id": info.post_id,
        "width": info.width,
        "height": info.height,
        "has_preview_image": info.has_preview_image,
    }
    return out | {key: value for key, value in optional.items() if value}


def upload_json(upload: UploadSession) -> dict[str, Any]:
    """An upload under way."""
    return {
        "id": upload.id,
        "type": upload.type,
        "create_at": upload.create_at,
        "user_id": upload.user_id,
        "channel_id": upload.channel_id,
        "filename": upload.filename,
        "file_size": upload.file_size,
        "file_offset": upload.file_offset,
        "remote_id": upload.remote_id,
        "req_file_id": upload.req_file_id,
    }
