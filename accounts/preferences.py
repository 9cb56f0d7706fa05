"""What settings may look like (semantics §2 and §12.1)."""

from __future__ import annotations

import re
from typing import Any

import orjson

from accounts.models import Preference
from mattermost_site.errors import AppError

CATEGORY_LIMIT = 32  # code points
NAME_LIMIT = 32
VALUE_LIMIT = 20_000

FLAGGED_POST = "flagged_post"
FAVORITE_CHANNEL = "favorite_channel"
THEME = "theme"
DIRECT_LIMIT = ("sidebar_settings", "limit_visible_dms_gms")
DIRECT_LIMIT_BOUNDS = range(1, 41)

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_NO_COLOURS = frozenset({"type", "image", "codeTheme"})
WHITE = "#ffffff"


class InvalidPreference(AppError):
    """A part of a setting is not allowed: ``model.preference.is_valid.<field>.app_error``."""

    def __init__(self, field: str) -> None:
        super().__init__(f"model.preference.is_valid.{field}.app_error")


def check_preference(preference: Preference) -> None:
    """InvalidPreference for the first part that is out of bounds."""
    if not 0 < len(preference.category) <= CATEGORY_LIMIT:
        raise InvalidPreference("category")
    if len(preference.name) > NAME_LIMIT:
        raise InvalidPreference("name")
    if len(preference.value) > VALUE_LIMIT:
        raise InvalidPreference("value")
    if (preference.category, preference.name) == DIRECT_LIMIT and not _is_direct_limit(preference.value):
        raise InvalidPreference("limit_visible_dms_gms")


def _is_direct_limit(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 2 and int(value) in DIRECT_LIMIT_BOUNDS


def value_to_store(preference: Preference) -> str:
    """The value as it is kept. Only themes are kept differently from what a client sent."""
    return clean_theme(preference.value) if preference.category == THEME else preference.value


def clean_theme(value: str) -> str:
    """A theme with its keys in order and white in place of what is no colour; ``null`` for what is no theme (recorded).

    Clients write these colours into style sheets, so whatever else stood there could restyle the page.
    """
    try:
        theme = orjson.loads(value)
    except orjson.JSONDecodeError:
        theme = None
    if not isinstance(theme, dict):
        return "null"
    return orjson.dumps({name: _theme_value(name, item) for name, item in sorted(theme.items())}).decode()


def _theme_value(name: str, item: Any) -> str:
    text = item if isinstance(item, str) else ""
    return text if name in _NO_COLOURS or _COLOUR.fullmatch(text) else WHITE
