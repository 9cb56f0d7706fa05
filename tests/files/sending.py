"""How tests send files, and the files they send."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
from django.core.files.storage import default_storage
from PIL import Image

from files.models import FileInfo
from tests.cast import ApiClient

BOUNDARY = "limit"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def picture(size: tuple[int, int] = (300, 200), kind: str = "PNG", **options: Any) -> bytes:
    """A picture in one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """A picture that was served."""
    return Image.open(io.BytesIO(content))


def form(*parts: tuple[str, str | tuple[str, bytes]], end: str = "--") -> bytes:
    """A form of fields ``(name, value)`` and files ``(name, (file name, content))``, in this order."""
    out = b""
    for name, value in parts:
        file_name = f'; filename="{value[0]}"' if isinstance(value, tuple) else ""
        content = value[1] if isinstance(value, tuple) else value.encode()
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file_name}\r\n\r\n'
        out += head.encode() + content + b"\r\n"
    return out + f"--{BOUNDARY}{end}\r\n".encode()


def send_form(client: ApiClient, *parts: tuple[str, str | tuple[str, bytes]], **options: Any) -> Any:
    """Upload a form."""
    return client.request("POST", "/files", data=form(*parts, **options), content_type=FORM)


def send(client: ApiClient, channel_id: str, name: str = "a.txt", content: bytes = b"content") -> Any:
    """Upload one file to a channel."""
    return send_form(client, ("channel_id", channel_id), ("files", (name, content)))


def infos(reply: Any) -> list[dict[str, Any]]:
    """What an upload answered about its files."""
    found: list[dict[str, Any]] = orjson.loads(reply.content)["file_infos"]
    return found


def sent(client: ApiClient, channel_id: str, name: str = "a.txt", content: bytes = b"content") -> dict[str, Any]:
    """A file that was uploaded."""
    reply = send(client, channel_id, name, content)
    assert reply.status_code == 201, reply.content
    return infos(reply)[0]


def body_of(reply: Any) -> bytes:
    """The bytes of a reply that is sent in pieces."""
    return b"".join(reply.streaming_content)


def error_of(reply: Any) -> tuple[int, str]:
    """Status and id of a refusal."""
    return reply.status_code, orjson.loads(reply.content)["id"]


def paths_of(rows: Sequence[FileInfo]) -> set[str]:
    """Where files and their pictures are in the store."""
    return {path for row in rows for path in (row.path, row.thumbnail_path, row.preview_path) if path}


def stored_files() -> set[str]:
    """Everything in the store, by path."""
    root = Path(default_storage.path(""))
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
