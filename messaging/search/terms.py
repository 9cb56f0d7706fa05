"""What people type into the search box, understood (semantics §13).

Hashtags and words are two searches whose results are put together, as recorded: excluded
words narrow the search for words only, excluded hashtags both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from messaging.post_content import hashtags_in
from messaging.search.dates import Span, span_of
from messaging.search.tokens import Phrase, phrase_of, tag_of

TEXT_LIMIT = 16_384  # code points: the longest message has fewer
PIECES_LIMIT = 200  # words, phrases and flags of one search; each is a part of the statement
TOKENS_LIMIT = 500  # of all words and phrases together; indexes take minutes for phrases of ten thousands
_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂", '"'))  # phones write them by themselves
_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')
_FLAG = re.compile(r"(?P<minus>-?)(?P<name>from|in|channel|before|after|on|ext):(?P<value>.*)", re.IGNORECASE)
_BLANKS = re.compile(r"[<>+()~:]+")
_URL = re.compile(r"[<(]*[a-z][a-z0-9+.-]*://", re.IGNORECASE)
DATES = ("on", "before", "after")


@dataclass(slots=True)
class Group:
    """Alternatives that a post must be of, and such that it must not be of."""

    wanted: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)

    def add(self, value: str, *, is_excluded: bool) -> None:
        """One more."""
        (self.excluded if is_excluded else self.wanted).append(value)

    def __bool__(self) -> bool:
        return bool(self.wanted or self.excluded)


@dataclass(slots=True)
class Terms:
    """A search: words and hashtags to find, and what else posts must or must not be.

    ``authors`` are user names. ``places`` are names or ids of channels, or people, as in
    ``@ann`` and ``@ann,ben``. ``spans`` hold all, ``excluded_spans`` none of the posts.
    """

    words: list[Phrase] = field(default_factory=list)
    excluded_words: list[Phrase] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    excluded_tags: list[str] = field(default_factory=list)
    authors: Group = field(default_factory=Group)
    places: Group = field(default_factory=Group)
    spans: list[Span] = field(default_factory=list)
    excluded_spans: list[Span] = field(default_factory=list)

    @property
    def has_filters(self) -> bool:
        """Whether there is something to find posts by besides words: ``-word`` alone finds nothing."""
        return bool(self.authors or self.places or self.spans or self.excluded_spans)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be found."""
        return not (self.words or self.tags or self.has_filters)


def parse_terms(text: str, *, offset: int = 0) -> Terms:
    """The search that ``text`` asks for; ``offset`` are the seconds by which the searcher is ahead of UTC."""
    reader = _Reader(offset)
    for piece in _pieces(text):
        reader.take(piece)
    return reader.finished()


def _pieces(text: str) -> Iterator[re.Match[str]]:
    found = _PIECE.finditer(text[:TEXT_LIMIT].translate(_QUOTES))
    return (piece for piece, _ in zip(found, range(PIECES_LIMIT), strict=False))


class _Reader:
    """Takes one piece after the other; a flag without a value waits for the next one."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.terms = Terms()
        self.dates: dict[tuple[str, bool], Span] = {}
        self.waiting: tuple[str, bool] | None = None
        self.room = TOKENS_LIMIT

    def take(self, piece: re.Match[str]) -> None:
        word = piece["word"]
        if word is None:
            self._phrase(piece["phrase"], is_excluded=bool(piece["minus"]))
        elif flag := _FLAG.fullmatch(word):
            self._flag(flag["name"].lower(), flag["value"], is_excluded=bool(flag["minus"]))
        elif self.waiting:
            name, is_excluded = self.waiting
            self._flag(name, word, is_excluded=is_excluded)
        else:
            self._word(word.lstrip("-"), is_excluded=word.startswith("-"))

    def _flag(self, name: str, value: str, *, is_excluded: bool) -> None:
        self.waiting = None if value else (name, is_excluded)
        if not value:
            return
        if name in DATES:
            self.dates[name, is_excluded] = span_of(name, value, self.offset)
        elif name == "from":
            self.terms.authors.add(value.lstrip("@").lower(), is_excluded=is_excluded)
        elif name != "ext":  # only files have extensions
            self.terms.places.add(value.lstrip("~").lower(), is_excluded=is_excluded)

    def _phrase(self, text: str, *, is_excluded: bool) -> None:
        self.waiting = None
        phrase = phrase_of(text, is_prefix=text.endswith("*"))
        self._add(phrase, is_excluded=is_excluded)

    def _word(self, word: str, *, is_excluded: bool) -> None:
        tag = "" if word.endswith("*") else hashtags_in(word)
        if tag:
            tags = self.terms.excluded_tags if is_excluded else self.terms.tags
            tags.append(tag_of(tag))
            return
        for part in [word] if _URL.match(word) else _BLANKS.sub(" ", word).split():
            self._add(phrase_of(part, is_prefix=part.endswith("*")), is_excluded=is_excluded)

    def _add(self, phrase: Phrase | None, *, is_excluded: bool) -> None:
        words = self.terms.excluded_words if is_excluded else self.terms.words
        if phrase and self.room > 0:
            phrase = phrase.shortened(self.room)
            self.room -= len(phrase.tokens)
            if phrase not in words:
                words.append(phrase)

    def finished(self) -> Terms:
        """The terms; a day (``on:``) leaves no room for what is before or after another one (recorded)."""
        is_one_day = ("on", False) in self.dates
        for (name, is_excluded), span in self.dates.items():
            if is_one_day and (name, is_excluded) != ("on", False):
                continue
            (self.terms.excluded_spans if is_excluded else self.terms.spans).append(span)
        return self.terms
