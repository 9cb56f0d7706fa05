"""Files that are served as they are: with entity tags, compressed for those who accept it, kept by caches.

Our own static files are WhiteNoise's business, but for their addresses: ``{% static %}`` writes
them with the hash of the content (``?v=…``), so that a browser never mixes two releases.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag

FOLDER = "web-static"
FOREVER = "public, max-age=31556926, immutable"
ASK_AGAIN = "public, no-cache"
COMPRESSED_AT_ONCE = 16 * 1024 * 1024  # bytes; what is larger is sent as it is
WORTH_COMPRESSING = 1024  # bytes
COMPRESSIBLE = (
    "text/", "application/javascript", "application/json", "application/manifest", "application/wasm",
    "application/xml", "image/svg",
)  # fmt: skip
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".mp3": "audio/mpeg",
}

Change = Callable[[bytes], bytes]


def type_of(name: str) -> str:
    """The media type of a file by its name, the same on every machine."""
    kind = TYPES.get(Path(name).suffix.lower()) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind == "application/json" else kind


def file_response(
    request: HttpRequest, path: Path, *, cache: str, type: str = "", change: Change | None = None
) -> HttpResponseBase:
    """A file, or 304 when the client has it; Http404 when there is none.

    A neighbour ``.br`` or ``.gz`` is sent to those who accept it; other text is compressed
    once and kept in memory. ``change`` rewrites the content first; then neighbours do not count.
    """
    try:
        about = path.stat()
    except (OSError, ValueError):
        raise Http404 from None
    if not path.is_file():
        raise Http404
    kind = type or type_of(path.name)
    version = (about.st_mtime_ns, about.st_size)
    encoding, body = _body(request, path, version, kind, change)
    etag = quote_etag(f"{version[0]:x}-{version[1]:x}{'-' + encoding if encoding else ''}")
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    elif isinstance(body, Path):
        response = FileResponse(body.open("rb"), content_type=kind)
    else:
        response = HttpResponse(body, content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = cache
    if encoding:
        response["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _body(
    request: HttpRequest, path: Path, version: tuple[int, int], kind: str, change: Change | None
) -> tuple[str, bytes | Path]:
    """The encoding that the client gets, and the content or the file that holds it."""
    accepted = request.headers.get("Accept-Encoding", "")
    if change is None:
        for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
            neighbour = path.with_name(path.name + suffix)
            if encoding in accepted and neighbour.is_file():
                return encoding, neighbour
    is_text = kind.startswith(COMPRESSIBLE) and version[1] <= COMPRESSED_AT_ONCE
    if "gzip" in accepted and is_text and version[1] >= WORTH_COMPRESSING:
        return "gzip", _compressed(path, version, change)
    return "", change(path.read_bytes()) if change else path


@lru_cache(maxsize=512)
def _compressed(path: Path, version: tuple[int, int], change: Change | None) -> bytes:
    content = path.read_bytes()
    return gzip.compress(change(content) if change else content, compresslevel=6, mtime=0)


class VersionedStorage(StaticFilesStorage):
    """Addresses of our static files: below the site's path, with the hash of the content."""

    def url(self, name: str | None) -> str:
        hash = _hash_of(name or "")
        return f"{get_script_prefix()}{FOLDER}/{name}{'?v=' + hash if hash else ''}"


@lru_cache(maxsize=1024)
def _hash_of(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12] if found else ""
