"""The bytes of a file as a reply: whole or a range, as a picture in the page or a download (semantics §9)."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_http_date_safe

from files.media_types import is_inline, served_type
from files.models import FileInfo
from mattermost_site.api import Query
from mattermost_site.errors import AppError
from mattermost_site.storage import Stored

CACHE = "private, max-age=86400"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class _Unsatisfiable(Exception):
    """The range begins behind the end of the file."""


def file_reply(request: HttpRequest, info: FileInfo, path: str, media_type: str) -> HttpResponseBase:
    """The file at ``path`` of the store, read while it is sent.

    ``download`` in the query (1, true) has browsers save what they would show. A part of
    the file for a ``Range`` of bytes (416 behind the end; several at once get the whole),
    304 when the client has it by its date. ``api.file.read_file.app_error`` (404) when the
    store has lost it.
    """
    headers = _headers(info, media_type, download=Query(request.GET).flag("download"))
    modified = info.update_at // 1000
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if since is not None and modified <= since:
        return _not_modified(modified)
    stored = Stored(path)
    try:
        size = stored.size
        span = _span(request, size, modified)
        start, length = span or (0, size)
        chunks = stored.chunks(start, length) if request.method != "HEAD" else iter(())
    except FileNotFoundError as error:
        raise AppError("api.file.read_file.app_error", status=404) from error
    except _Unsatisfiable:
        return _unsatisfiable(headers, size)
    response = StreamingHttpResponse(chunks, status=206 if span else 200, headers=headers)
    response["Last-Modified"], response["Cache-Control"] = http_date(modified), CACHE
    response["Accept-Ranges"], response["Content-Length"] = "bytes", str(length)
    if span:
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    return response


def _headers(info: FileInfo, media_type: str, *, download: bool) -> dict[str, str]:
    kind = served_type(media_type)
    name = quote(info.name, safe="")
    place = "inline" if is_inline(kind) and not download else "attachment"
    return {
        "Content-Type": kind,
        "Content-Disposition": f"{place};filename=\"{name}\"; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Content-Security-Policy": "Frame-ancestors 'none'",
    }


def _not_modified(modified: int) -> HttpResponse:
    response = HttpResponse(status=304, headers={"Last-Modified": http_date(modified), "Cache-Control": CACHE})
    del response["Content-Type"]
    return response


def _unsatisfiable(headers: dict[str, str], size: int) -> HttpResponse:
    plain = {"Content-Type": "text/plain; charset=utf-8", "Content-Range": f"bytes */{size}"}
    return HttpResponse("The range is behind the end of the file.", status=416, headers=headers | plain)


def _span(request: HttpRequest, size: int, modified: int) -> tuple[int, int] | None:
    """Start and length of the range that was asked for; None when the whole file is meant."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or not any(found.groups()) or not _still_holds(request, modified):
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        return size - length, length
    start, end = int(first), min(int(last or size), size - 1)
    if last and int(last) < start:
        return None
    if start >= size:
        raise _Unsatisfiable
    return start, end - start + 1


def _still_holds(request: HttpRequest, modified: int) -> bool:
    """Whether the client's other parts are of this version: ``If-Range`` with a date; an entity tag is none of ours."""
    condition = request.headers.get("If-Range", "")
    return not condition or parse_http_date_safe(condition) == modified
