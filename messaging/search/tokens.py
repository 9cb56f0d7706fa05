"""From text to the tokens that are indexed and searched, the same for every engine.

A token is a run of letters and digits, so a word with dashes or dots, an address or a URL
becomes a row of tokens, and is found again, whole or in part, as the phrase of them. Scripts
that put no blanks between words (Chinese, Japanese, Korean, Thai …) become overlapping pairs
of characters; the last character of such a run stands alone, so that every single character
begins some token. Pictures (emoji) are tokens of their own. All is caseless, and each token
exists as it is written and without its accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

TOKEN_LIMIT = 500  # code points; longer runs of letters are no words, and PostgreSQL takes 2046 bytes

_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u309f\u30a1-\u30fa\u30fc-\u318f"
    "\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Hangul, kana, bopomofo and Han; without the signs between them."""
_PICTURES = "\u2190-\u2bff\U0001f000-\U0001faff"
# What Python's \w does not know: vowel signs and accents, without which most words of India would fall apart.
_MARKS = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)).startswith("M"))
_LETTER = rf"[^\W_{_DENSE}{_PICTURES}]"
_ATOM = re.compile(rf"(?P<dense>[{_DENSE}]+)|{_LETTER}(?:{_LETTER}|[{_MARKS}])*|[{_PICTURES}]")
_INVISIBLE = re.compile("[\u00ad\ufe00-\ufe0f]")  # soft hyphens, and signs that choose how a picture is drawn
# Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs and stretching of Arabic.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"
)
_UNDIVIDED = str.maketrans(
    {"æ": "ae", "ð": "d", "ø": "o", "þ": "th", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "œ": "oe", "ŧ": "t"}
)
"""Letters whose accent is part of them."""


class Token(NamedTuple):
    """What is indexed at one place of a text: as written, and without accents (often the same)."""

    kept: str
    folded: str


class Atom(NamedTuple):
    """A run of letters and digits, of characters of a script without blanks (``is_dense``), or a picture."""

    text: str
    is_dense: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow each other; of the last one only the beginning is given when ``is_prefix``."""

    tokens: tuple[Token, ...]
    is_prefix: bool = False

    @property
    def has_accents(self) -> bool:
        """Whether accents were asked for: who writes none finds words with and without."""
        return any(token.kept != token.folded for token in self.tokens)

    def shortened(self, length: int) -> Phrase:
        """The phrase, or its first tokens when it has more than ``length``."""
        return self if len(self.tokens) <= length else Phrase(self.tokens[:length])


def tokens_of(text: str) -> list[Token]:
    """All tokens of a text, in order."""
    return [token for atom in _atoms(text) for token in _tokens(atom)]


def phrase_of(text: str, *, is_prefix: bool = False) -> Phrase | None:
    """What to look for to find ``text`` as it stands; None when it holds no letter, digit or picture.

    At its end, a run of a script without blanks may go on, as may a prefix.
    """
    atoms = list(_atoms(text))
    if not atoms:
        return None
    *before, last = atoms
    tokens = [token for atom in before for token in _tokens(atom)]
    if not last.is_dense:
        return Phrase((*tokens, *_tokens(last)), is_prefix)
    pairs = _tokens(last)
    is_single = len(pairs) == 1
    return Phrase((*tokens, *(pairs if is_single else pairs[:-1])), is_single)


def tag_of(hashtag: str) -> str:
    """A hashtag, sign and all, as it is indexed: exactly, but in any case."""
    return _caseless(hashtag)


def _caseless(text: str) -> str:
    plain = text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return plain.casefold()


def _atoms(text: str) -> Iterator[Atom]:
    for match in _ATOM.finditer(_caseless(text)):
        if match["dense"]:
            yield Atom(match[0], is_dense=True)
        elif len(match[0]) <= TOKEN_LIMIT:
            yield Atom(match[0], is_dense=False)


def _tokens(atom: Atom) -> Sequence[Token]:
    text = atom.text
    if not atom.is_dense:
        return (Token(text, _without_accents(text)),)
    pairs = [text[start : start + 2] for start in range(len(text))]
    return [Token(pair, pair) for pair in pairs]


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    # A lone accent stays what it is, so that no token is empty.
    return unicodedata.normalize("NFC", bare).translate(_UNDIVIDED) or text
