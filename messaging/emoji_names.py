"""The names of the emoji that every client has built in.

``data/emoji.json`` holds all short names of the emoji-datasource data (see NOTICE), and for
each emoji with skin tones the names that clients make: ``wave_light_skin_tone``, with two
people one tone after the other. The one name without a character is ``mattermost``, a picture.
"""

from __future__ import annotations

from pathlib import Path

import orjson

SYSTEM_EMOJI: dict[str, str] = orjson.loads(Path(__file__).with_name("data").joinpath("emoji.json").read_bytes())
"""Code points by name: hexadecimal, small letters, joined by dashes; empty for a picture without a character."""


def is_system_emoji(name: str) -> bool:
    """Whether a name, in exactly this spelling and without colons, is that of a built-in emoji."""
    return name in SYSTEM_EMOJI


def code_points(name: str) -> str | None:
    """The code points of a built-in emoji ("1f44d-1f3fb"), as in the name of its picture; None when it has none."""
    return SYSTEM_EMOJI.get(name) or None
