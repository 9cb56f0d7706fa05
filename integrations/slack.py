"""Slack's markup in what integrations send, turned into this server's (semantics §15)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_EVERYBODY = re.compile(r"<!(channel|here|all)>")
_USER = re.compile(r"<@([A-Za-z0-9]{26})>")
_LABELLED = re.compile(r"<([^<>|\s]+)\|([^<>\n]+)>")
_MARKED = ("pretext", "text", "title")
"""The parts of an attachment in which markup counts; beside them the values of its fields."""


def user_ids_in(texts: Iterable[str]) -> set[str]:
    """The ids that texts mention as ``<@id>``."""
    return {user_id for text in texts if "<@" in text for user_id in _USER.findall(text)}


def converted(text: str, usernames: Mapping[str, str]) -> str:
    """A text with mentions and links as they are written here; unknown ids stay as they are.

    ``<!here>`` becomes ``@here``, ``<@id>`` the user name by ``usernames``, ``<url|label>`` a link of Markdown.
    """
    if "<" not in text:
        return text
    text = _EVERYBODY.sub(r"@\1", text)
    text = _USER.sub(lambda match: f"@{usernames[match[1]]}" if match[1] in usernames else match[0], text)
    return _LABELLED.sub(r"[\2](\1)", text)


def texts_of(attachments: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The texts of attachments in which markup counts."""
    for attachment in attachments:
        values = [attachment.get(key) for key in _MARKED]
        values += [one.get("value") for one in attachment.get("fields") or ()]
        yield from (value for value in values if isinstance(value, str))


def converted_attachment(attachment: Mapping[str, Any], usernames: Mapping[str, str]) -> dict[str, Any]:
    """An attachment with its texts converted."""
    out = dict(attachment)
    for key in _MARKED:
        if isinstance(value := out.get(key), str):
            out[key] = converted(value, usernames)
    if out.get("fields"):
        out["fields"] = [_converted_field(one, usernames) for one in out["fields"]]
    return out


def _converted_field(field: Mapping[str, Any], usernames: Mapping[str, str]) -> dict[str, Any]:
    value = field.get("value")
    return {**field, "value": converted(value, usernames) if isinstance(value, str) else value}
