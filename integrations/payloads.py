"""What integrations send to be posted: incoming webhooks, and answers of outgoing ones (semantics §15 to §17)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

import orjson

from mattermost_site.api.inputs import Body, has_nul
from mattermost_site.errors import InvalidBodyParam
from messaging.attachments import TEXTS

PRIORITY_LIMIT = 32  # code points


@dataclass(frozen=True, slots=True)
class Payload:
    """A message from outside. ``text`` is None when there was none, which is not the same as an empty one."""

    text: str | None = None
    username: str = ""
    icon_url: str = ""
    icon_emoji: str = ""
    channel: str = ""
    type: str = ""
    response_type: str = ""
    props: dict[str, Any] = field(default_factory=dict)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    priority: dict[str, Any] | None = None


class BadPayload(ValueError):
    """What was sent is no message: no JSON object, or values of wrong types."""


def read_payload(raw: bytes) -> Payload:
    """A message in JSON; ``null`` is an empty one. BadPayload when it is none.

    Line breaks and tabs within strings are let through as they are: many scripts send them so.
    """
    value = _loads(raw)
    if value is not None and not isinstance(value, dict):
        raise BadPayload("no object")
    return payload_from(value or {})


def payload_from(values: Mapping[str, Any]) -> Payload:
    """A message from its fields; unknown ones are passed over. BadPayload for wrong types."""
    if has_nul(dict(values)):
        raise BadPayload("NUL character")
    body = Body(dict(values), "payload")
    try:
        return Payload(
            text=body.text("text") if "text" in body else None,
            username=body.text("username"),
            icon_url=body.text("icon_url"),
            icon_emoji=body.text("icon_emoji"),
            channel=body.text("channel"),
            type=body.text("type"),
            response_type=body.text("response_type"),
            props=body.object("props") or {},
            attachments=_attachments(body.items("attachments") or []),
            priority=_priority(body.object("priority")),
        )
    except InvalidBodyParam as error:
        raise BadPayload(error.detailed) from error


def _loads(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        pass
    try:
        # Written and read again, so that nothing gets through that cannot be stored: lone surrogates, huge numbers.
        lenient = json.loads(raw.decode(), strict=False, parse_constant=_refuse)
        return orjson.loads(orjson.dumps(lenient))
    except (ValueError, TypeError, RecursionError) as error:
        raise BadPayload(str(error)) from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _attachments(values: list[Any]) -> list[dict[str, Any]]:
    return [_attachment(value) for value in values if value is not None]


def _attachment(value: Any) -> dict[str, Any]:
    body = Body(value, "attachments")
    for key in TEXTS:
        body.text(key)
    fields = [dict(Body(one, "fields").values) for one in body.items("fields") or [] if one is not None]
    for one in fields:
        Body(one, "fields").text("title")
        one["value"] = written(one.get("value"))
    for action in body.items("actions") or []:
        Body(action, "actions")
    return body.values | {"fields": fields if "fields" in body else None}


def written(value: Any) -> str | None:
    """A value of an attachment's field as text, in the form that is stored (recorded): ``7``, ``true``, ``[1 2]``."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{' '.join(_inner(one) for one in value)}]"
    if isinstance(value, dict):
        return f"map[{' '.join(f'{key}:{_inner(one)}' for key, one in sorted(value.items()))}]"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _inner(value: Any) -> str:
    text = written(value)
    return "<nil>" if text is None else text


def _priority(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    body = Body(values, "priority")
    label = body.text("priority") if "priority" in body else None
    if label is not None and len(label) > PRIORITY_LIMIT:
        raise InvalidBodyParam("priority")
    flags = {key: body.flag(key) if key in body else None for key in ("requested_ack", "persistent_notifications")}
    return {"priority": label, **flags}
