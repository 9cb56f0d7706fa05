"""Message attachments as they are stored: with all their keys, whatever a client left out (semantics §16)."""

from __future__ import annotations

from typing import Any

from mattermost_site.ids import new_id

ATTACHMENTS = "attachments"
"""The prop that holds them."""
TEXTS = (
    "fallback", "color", "pretext", "author_name", "author_link", "author_icon", "title", "title_link", "text",
    "image_url", "thumb_url", "footer", "footer_icon",
)  # fmt: skip
ACTION_KEYS = (
    "id", "type", "name", "tooltip", "disabled", "style", "data_source", "options", "default_option", "integration",
)  # fmt: skip


def normalise(props: dict[str, Any]) -> dict[str, Any]:
    """The props with their attachments completed; None in place of an empty list (recorded)."""
    if ATTACHMENTS not in props:
        return props
    values = props[ATTACHMENTS]
    found = [_attachment(value) for value in values if isinstance(value, dict)] if isinstance(values, list) else []
    return props | {ATTACHMENTS: found or None}


def _attachment(value: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"id": value["id"] if isinstance(value.get("id"), int) else 0}
    for key in TEXTS:
        out[key] = text if isinstance(text := value.get(key), str) else ""
    out["fields"] = _fields(value.get("fields"))
    out["ts"] = value.get("ts")
    if actions := _actions(value.get("actions")):
        out["actions"] = actions
    return out


def _fields(values: Any) -> list[dict[str, Any]] | None:
    if not isinstance(values, list):
        return None
    return [
        {
            "title": title if isinstance(title := one.get("title"), str) else "",
            "value": one.get("value"),
            "short": one.get("short") in (True, "true"),
        }
        for one in values
        if isinstance(one, dict)
    ]


def _actions(values: Any) -> list[dict[str, Any]]:
    """Buttons and menus without empty keys; each with an id that a client can ask for."""
    if not isinstance(values, list):
        return []
    actions = []
    for one in values:
        if isinstance(one, dict):
            kept = {key: one[key] for key in ACTION_KEYS if one.get(key)}
            actions.append({"id": new_id(), **kept})
    return actions
