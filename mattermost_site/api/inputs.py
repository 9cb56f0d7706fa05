"""What clients send, checked where it enters.

A body whose values have other types than the API's is refused as a whole with the
name of the object, as clients of this API expect; unknown keys are ignored; JSON
null counts as absent.
"""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, QueryDict

from mattermost_site.errors import BodyTooLarge, InvalidBodyParam, InvalidUrlParam
from mattermost_site.ids import is_id

JSON_LIMIT = 300_000 + 512  # bytes; corrections.md, "System"
PAGE_SIZE = 60
PAGE_SIZE_LIMIT = 200
_INT64 = 2**63


def read_json(request: HttpRequest, name: str, limit: int = JSON_LIMIT) -> Any:
    """The request's body as a JSON value.

    Raises BodyTooLarge, or InvalidBodyParam with ``name`` when it is not JSON or
    holds NUL characters, which no database column takes.
    """
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > limit:
        raise BodyTooLarge
    raw = request.body
    if len(raw) > limit:
        raise BodyTooLarge
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise InvalidBodyParam(name, str(error)) from error
    if b"\\u0000" in raw and has_nul(value):
        raise InvalidBodyParam(name, "NUL character")
    return value


def has_nul(value: Any) -> bool:
    """Whether a JSON value holds NUL characters, which no database column takes."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any("\0" in key or has_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(map(has_nul, value))


class Body:
    """A JSON object with typed access; ``name`` is what an error calls the object."""

    def __init__(self, values: Any, name: str) -> None:
        if values is None:
            values = {}
        if not isinstance(values, dict):
            raise InvalidBodyParam(name)
        self.values: dict[str, Any] = values
        self.name = name

    def __contains__(self, key: str) -> bool:
        """Whether the client sent ``key`` with a value other than null."""
        return self.values.get(key) is not None

    def _get(self, key: str, kind: type, default: Any) -> Any:
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise InvalidBodyParam(self.name, key)
        return value

    def text(self, key: str, default: str = "") -> str:
        """A string."""
        value: str = self._get(key, str, default)
        return value

    def number(self, key: str, default: int = 0) -> int:
        """A 64-bit integer (``3.0`` counts as one)."""
        value = self.values.get(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        elif value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not -_INT64 <= value < _INT64:
            raise InvalidBodyParam(self.name, key)
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """A boolean."""
        value: bool = self._get(key, bool, default)
        return value

    def object(self, key: str) -> dict[str, Any] | None:
        """A JSON object, None when absent."""
        value: dict[str, Any] | None = self._get(key, dict, None)
        return value

    def items(self, key: str) -> list[Any] | None:
        """A list of anything, None when absent."""
        value: list[Any] | None = self._get(key, list, None)
        return value

    def texts(self, key: str) -> list[str]:
        """A list of strings, empty when absent."""
        values = self.items(key) or []
        if not all(isinstance(value, str) for value in values):
            raise InvalidBodyParam(self.name, key)
        return values

    def text_map(self, key: str) -> dict[str, str] | None:
        """An object whose values are strings, None when absent."""
        values = self.object(key)
        if values is not None and not all(isinstance(value, str) for value in values.values()):
            raise InvalidBodyParam(self.name, key)
        return values

    def id(self, key: str) -> str:
        """A required id; refused by its own name when malformed."""
        value = self.text(key)
        if not is_id(value):
            raise InvalidBodyParam(key)
        return value


class Query:
    """The query string with typed access."""

    def __init__(self, values: QueryDict) -> None:
        self.values = values

    def text(self, key: str, default: str = "") -> str:
        """A string; one with a NUL character is refused."""
        value = self.values.get(key, default)
        if "\0" in value:
            raise InvalidUrlParam(key)
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """``true`` and ``1`` are true, anything else is false (semantics §3)."""
        value = self.values.get(key)
        return default if value is None else value.lower() in ("true", "1", "t")

    def number(self, key: str, default: int = 0) -> int:
        """A 64-bit integer; ``default`` when absent or malformed."""
        try:
            value = int(self.values.get(key, ""))
        except ValueError:
            return default
        return value if -_INT64 <= value < _INT64 else default

    def strict_number(self, key: str, default: int = 0) -> int:
        """A 64-bit integer; refused when malformed."""
        text = self.values.get(key, "")
        if not text:
            return default
        try:
            value = int(text)
        except ValueError:
            raise InvalidUrlParam(key) from None
        if not -_INT64 <= value < _INT64:
            raise InvalidUrlParam(key)
        return value

    @property
    def page(self) -> int:
        """The page, from 0; malformed and negative ones are the first."""
        return min(max(self.number("page"), 0), 2**31)

    @property
    def per_page(self) -> int:
        """How many rows a page has: 60 unless asked, at most 200."""
        return self.size("per_page")

    def size(self, key: str, default: int = PAGE_SIZE, limit: int = PAGE_SIZE_LIMIT) -> int:
        """A number of rows under another name than ``per_page``, by the same rules."""
        value = self.number(key, default)
        return default if value < 0 else min(value, limit)


def id_list(values: Any, name: str, *, limit: int = 0, allow_empty: bool = False) -> list[str]:
    """A JSON list of strings, without repetitions, in order; at most ``limit`` of them when given."""
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise InvalidBodyParam(name)
    if (not values and not allow_empty) or (limit and len(values) > limit):
        raise InvalidBodyParam(name)
    return list(dict.fromkeys(values))
