"""From search terms to the query language of an index: what PostgreSQL and SQLite have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from messaging.search.terms import Terms
from messaging.search.tokens import Phrase


@dataclass(frozen=True, slots=True)
class Grammar:
    """How an index writes a phrase, a hashtag, *and*, *or*, and *this without that*."""

    phrase: Callable[[Phrase], str]
    tag: Callable[[str], str]
    and_sign: str
    or_sign: str
    without: Callable[[str, str], str]


def wanted_expression(terms: Terms, grammar: Grammar, *, any_word: bool) -> str:
    """What finds the words and hashtags of a search; ``""`` when it has none."""
    words, no_words, tags, no_tags = _parts(terms, grammar)
    sign = grammar.or_sign if any_word else grammar.and_sign
    sides = [
        _side(grammar, words, sign, [*no_words, *no_tags]),
        _side(grammar, tags, sign, no_tags),
    ]
    return grammar.or_sign.join(side for side in sides if side)


def excluded_expression(terms: Terms, grammar: Grammar) -> str:
    """What finds the posts that a search without words must not show; ``""`` when there are none."""
    _, no_words, _, no_tags = _parts(terms, grammar)
    return grammar.or_sign.join([*no_words, *no_tags])


def _parts(terms: Terms, grammar: Grammar) -> tuple[list[str], list[str], list[str], list[str]]:
    return (
        [grammar.phrase(phrase) for phrase in terms.words],
        [grammar.phrase(phrase) for phrase in terms.excluded_words],
        [grammar.tag(tag) for tag in terms.tags],
        [grammar.tag(tag) for tag in terms.excluded_tags],
    )


def _side(grammar: Grammar, found: Sequence[str], sign: str, excluded: Sequence[str]) -> str:
    if not found:
        return ""
    wanted = f"({sign.join(found)})"
    return f"({grammar.without(wanted, f'({grammar.or_sign.join(excluded)})')})" if excluded else wanted
