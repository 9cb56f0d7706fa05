"""Secrets: shown as a row of stars, and put back when the stars come back.

A secret text that is set shows as the mask. In lists of texts each item does. In
objects (settings of plugins, replicas) only the texts whose names tell of a secret do,
because what is in them is declared nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mattermost_site.config.entries import Entry

MASK = "*" * 32  # recorded: system_config_read
_TELLING = re.compile(r"secret|passw|token|key|salt|credential|datasource", re.IGNORECASE)


def masked(entry: Entry, value: Any) -> Any:
    """What the API shows of a value."""
    return (
        _masked(value, telling=entry.kind is str or entry.of is str and entry.kind is tuple)
        if entry.setting.secret
        else value
    )


def is_masked(entry: Entry, value: Any) -> bool:
    """Whether the API hides any part of a value."""
    return entry.setting.secret and bool(masked(entry, value) != value)


def _masked(value: Any, *, telling: bool) -> Any:
    if isinstance(value, str):
        return MASK if value and telling else value
    if isinstance(value, Mapping):
        return {key: _masked(item, telling=_TELLING.search(key) is not None) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_masked(item, telling=telling) for item in value)
    return value


def unmasked(entry: Entry, given: Any, old: Any) -> Any:
    """A value that came back from a client, with what was hidden from it put back."""
    return _unmasked(given, old) if entry.setting.secret else given


def _unmasked(given: Any, old: Any) -> Any:
    if given == MASK:
        return old if isinstance(old, str) else ""
    if isinstance(given, Mapping):
        known = old if isinstance(old, Mapping) else {}
        return {key: _unmasked(item, known.get(key)) for key, item in given.items()}
    if isinstance(given, list | tuple):
        known_items = old if isinstance(old, list | tuple) else ()
        return [_unmasked(item, known_items[i] if i < len(known_items) else None) for i, item in enumerate(given)]
    return given
