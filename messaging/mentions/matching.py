"""Words held against what is listened for (semantics §10.1). Pure: what exists is for the caller to know."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field

from messaging.mentions.text import forms_of, parts_of

ALL, CHANNEL, HERE = "@all", "@channel", "@here"
CHANNEL_WIDE = frozenset({ALL, CHANNEL, HERE})
_USERNAME = re.compile(r"@([a-z0-9._-]{1,64})")


@dataclass(frozen=True, slots=True)
class Keywords:
    """Words that people listen for, with whom: keys in small letters, first names as they are written.

    ``inside`` are those keys with letters of several bytes: they count inside of words too,
    for scripts that do not put blanks between words.
    """

    listeners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: tuple[str, ...] = ()


NO_KEYWORDS = Keywords()


def keywords_of(wanted: Iterable[tuple[str, str]]) -> Keywords:
    """Keywords from pairs of word and user id."""
    listeners: dict[str, list[str]] = {}
    for word, user_id in wanted:
        listeners.setdefault(word, []).append(user_id)
    inside = tuple(word for word in listeners if not word.isascii())
    return Keywords({word: tuple(users) for word, users in listeners.items()}, inside)


def names_in(words: Iterable[str]) -> set[str]:
    """User names that words with ``@`` may mean, in small letters and without the sign."""
    found: set[str] = set()
    for word in words:
        if "@" not in word:
            continue
        for form in (*forms_of(word), *parts_of(word)):
            lower = form.lower()
            if lower not in CHANNEL_WIDE and (match := _USERNAME.fullmatch(lower)):
                found.add(match[1])
    return found


def hits(words: Iterable[str], known: Container[str], inside: Collection[str] = ()) -> set[str]:
    """Those of the ``known`` that words hit: names with their ``@``, keywords, ``CHANNEL_WIDE``.

    A word is tried as it is, then shortened from its end; only when nothing is hit, by its parts.
    """
    found: set[str] = set()
    for word in words:
        form = next((key for form in forms_of(word) if (key := _known(form, known))), "")
        if form:
            found.add(form)
        else:
            found.update(key for part in parts_of(word) if (key := _known(part, known)))
        if inside and not word.isascii():
            lower = word.lower()
            found.update(key for key in inside if key in lower)
    return found


def _known(form: str, known: Container[str]) -> str:
    if form in known:
        return form
    lower = form.lower()
    return lower if lower in known else ""
