"""Replies: JSON with exactly the content type that clients compare (semantics §3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from mattermost_site import config
from mattermost_site.version import VERSION

OK = {"status": "OK"}


class RawJson(bytes):
    """JSON that is already text, from the database or a cache: sent as it is."""


def json_response(data: Any, status: int = 200) -> HttpResponse:
    """``data`` as JSON; ``application/json`` without a charset, which the web client compares literally."""
    body = data if isinstance(data, RawJson) else orjson.dumps(data, option=orjson.OPT_NON_STR_KEYS)
    return HttpResponse(body, status=status, content_type="application/json")


def created(data: Any) -> HttpResponse:
    """201 with the object that was made."""
    return json_response(data, 201)


def ndjson(rows: Iterable[Any]) -> StreamingHttpResponse:
    """One JSON value a line, produced while it is sent."""
    lines = (orjson.dumps(row) + b"\n" for row in rows)
    return StreamingHttpResponse(lines, content_type="application/x-ndjson")


def etag_of(*parts: object) -> str:
    """An entity tag: the server's version and the parts, joined by dots (semantics §3.2)."""
    return ".".join((VERSION, *map(str, parts)))


def not_modified(request: HttpRequest, etag: str) -> HttpResponse | None:
    """A 304 when the client already holds ``etag``, else None."""
    if request.headers.get("If-None-Match") != etag:
        return None
    response = HttpResponse(status=304)
    del response["Content-Type"]
    response["ETag"] = etag
    return response


def with_etag(response: HttpResponse, etag: str) -> HttpResponse:
    """The response with its entity tag."""
    response["ETag"] = etag
    return response


def developer_detail(text: str) -> str:
    """``text`` for the error object's ``detailed_error``: empty unless developer mode is on."""
    return text if config.current().service.enable_developer else ""
