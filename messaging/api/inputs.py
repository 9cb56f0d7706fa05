"""Bodies as the endpoints of channels take them."""

from __future__ import annotations

from typing import Any

from mattermost_site.api import ApiView
from mattermost_site.api.inputs import Body
from mattermost_site.errors import AppError, InvalidBodyParam
from mattermost_site.ids import is_id


def required_body(view: ApiView, name: str) -> Body:
    """The body as a JSON object; unlike elsewhere, null is refused with ``name``."""
    value = view.json(name)
    if value is None:
        raise InvalidBodyParam(name)
    return Body(value, name)


def text_list(view: ApiView) -> list[str]:
    """The body as a JSON list of strings, null being an empty one; ``api.payload.parse.error`` when it is none."""
    try:
        value = view.json("")
    except InvalidBodyParam as error:
        raise AppError("api.payload.parse.error", detailed=error.detailed) from error
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise AppError("api.payload.parse.error")
    return value


def ids_of(values: Any, name: str, *, allow_empty: bool = False) -> list[str]:
    """A list of ids, each once and in order; InvalidBodyParam with ``name`` when it is anything else, or empty."""
    if not isinstance(values, list) or not all(map(is_id, values)) or not (values or allow_empty):
        raise InvalidBodyParam(name)
    return list(dict.fromkeys(values))
