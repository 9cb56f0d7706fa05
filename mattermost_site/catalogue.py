"""What an error says to a person: one text for each error id, in ``error_texts/<area>.json``.

A text may hold placeholders in braces, ``{Name}``: the error's parameters fill them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from django.utils import translation

FOLDER = Path(__file__).with_name("error_texts")
UNKNOWN = "The request could not be done."

# Only a plain name is filled in. Whoever can change a text or a translation could otherwise
# reach secrets through an attribute ("{Name.__class__…}"), which str.format would follow.
_PLACEHOLDER = re.compile(r"\{([A-Za-z][A-Za-z0-9]*)\}")


@cache
def texts() -> dict[str, str]:
    """All English texts by error id, read once. Raises ValueError when two files have the same id."""
    found: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.json")):
        area: dict[str, str] = orjson.loads(file.read_bytes())
        if twice := found.keys() & area.keys():
            raise ValueError(f"{file.name} repeats {', '.join(sorted(twice))}")
        found.update(area)
    return found


def text_for(error_id: str, params: Mapping[str, Any], locale: str = "en") -> str:
    """The text of an error in the language of ``locale`` ("de", "pt-BR"), its placeholders filled.

    Never raises: an id without a text gets a general sentence, a language without
    translations English, and a placeholder without a parameter shows its own name.
    """
    text = _translated(texts().get(error_id, UNKNOWN), locale)
    return _PLACEHOLDER.sub(lambda match: str(params.get(match[1], match[1])), text)


def _translated(text: str, locale: str) -> str:
    language = locale.lower()
    if language.partition("-")[0] == "en":
        return text
    try:
        # Only languages that Django knows: an unknown one from a request header would
        # be kept in memory for good, and its name be part of a file's path.
        language = translation.get_supported_language_variant(language)
    except LookupError:
        return text
    with translation.override(language):
        return translation.gettext(text)
