"""What clients say on a socket, and how they are answered (websocket.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgpack  # type: ignore[import-untyped]
import orjson

from mattermost_site.api.errors import error_object
from mattermost_site.errors import AppError
from mattermost_site.realtime.connection import Whole

INBOUND_LIMIT = 8192  # bytes


class UnreadableMessage(Exception):
    """A message that closes the socket: too big, undecodable, or of the wrong shape."""


@dataclass(frozen=True, slots=True)
class Request:
    """One message of a client."""

    action: str
    seq: int
    data: dict[str, Any]


def read_request(message: str | bytes) -> Request:
    """The request in a text frame (JSON) or a binary one (MessagePack); UnreadableMessage when it is none."""
    if len(message) > INBOUND_LIMIT or (isinstance(message, str) and len(message.encode()) > INBOUND_LIMIT):
        raise UnreadableMessage("too big")
    try:
        value = orjson.loads(message) if isinstance(message, str) else msgpack.unpackb(message)
    except (ValueError, TypeError, RecursionError, msgpack.exceptions.UnpackException) as error:
        raise UnreadableMessage(str(error)) from error
    if not isinstance(value, dict):
        raise UnreadableMessage("no object")
    action, seq, data = value.get("action"), value.get("seq"), value.get("data")
    request = Request("" if action is None else action, 0 if seq is None else seq, {} if data is None else data)
    if not isinstance(request.action, str) or type(request.seq) is not int or not isinstance(request.data, dict):
        raise UnreadableMessage("a value of the wrong type")
    return request


def done(seq: int, data: dict[str, Any] | None = None) -> Whole:
    """The reply to a request that was carried out."""
    reply: dict[str, Any] = {"status": "OK", "seq_reply": seq}
    if data:
        reply["data"] = data
    return _text(reply)


def refused(seq: int, error: AppError, locale: str) -> Whole:
    """The reply to a request that was not; number 0 is left out, as the other server does."""
    shape = error_object(error, locale=locale)
    shown = {key: shape[key] for key in ("id", "message", "detailed_error", "status_code")}
    number = {"seq_reply": seq} if seq else {}
    return _text({"status": "FAIL", **number, "error": shown})


def _text(reply: dict[str, Any]) -> Whole:
    return Whole(orjson.dumps(reply).decode())
