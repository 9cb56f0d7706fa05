"""JSON inside JSON, as events carry objects."""

from __future__ import annotations

from typing import Any

import orjson


def text_of(value: Any) -> str:
    """A value as the JSON text that many events carry inside their data."""
    return orjson.dumps(value).decode()
