"""How search terms are read, and texts split into tokens."""

from __future__ import annotations

import pytest

from mattermost_site import clock
from messaging.search.dates import NEVER, Span
from messaging.search.terms import parse_terms
from messaging.search.tokens import TOKEN_LIMIT, Phrase, tokens_of
from tests.messaging.searching import NOON

MIDNIGHT = NOON - 12 * clock.HOUR


def shown(phrases: list[Phrase]) -> list[str]:
    """Phrases as text, prefixes with their star."""
    return [" ".join(token.kept for token in one.tokens) + "*" * one.is_prefix for one in phrases]


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ("Red  fox\tjumps\n", ["red", "fox", "jumps"]),
        ("red red RED", ["red"]),
        ("semi-sweet", ["semi sweet"]),
        ('"red fox" tea', ["red fox", "tea"]),
        ("fox* wal*", ["fox*", "wal*"]),
        ("semi-sw*", ["semi sw*"]),
        ("* ** -", []),
        ('open "quote', ["open", "quote"]),
        ('a"b c"d', ["a", "b c", "d"]),
        ("color:red a+b <c> (d) e~f", ["color", "red", "a", "b", "c", "d", "e", "f"]),
        ("https://x.example:80/a-b", ["https x example 80 a b"]),
        ("ann.lee@example.com", ["ann lee example com"]),
        ("日 日本 日本語", ["日*", "日本", "日本 本語"]),
        ("日本語2026年", ["日本 本語 語 2026 年*"]),
        ("#gard*", ["gard*"]),
        ("#1", ["1"]),
        ("x" * (TOKEN_LIMIT + 1) + " y", ["y"]),
    ],
)
def test_it_reads_words(terms: str, words: list[str]) -> None:
    assert shown(parse_terms(terms).words) == words


def test_it_reads_exclusions() -> None:
    terms = parse_terms('tea -red -"blue fox" -gr* -#Tag')
    assert shown(terms.excluded_words) == ["red", "blue fox", "gr*"]
    assert (shown(terms.words), terms.excluded_tags) == (["tea"], ["#tag"])


def test_it_reads_hashtags() -> None:
    terms = parse_terms("#Garden (#v1.2) ##release-2.0 #über #")
    assert terms.tags == ["#garden", "#v1.2", "#release-2.0", "#über"]
    assert terms.words == []


def test_it_reads_flags() -> None:
    terms = parse_terms("FROM:@Ann -from:ben in:~Talk channel:side -in: @ann,@ben ext:png from:")
    assert (terms.authors.wanted, terms.authors.excluded) == (["ann"], ["ben"])
    assert (terms.places.wanted, terms.places.excluded) == (["talk", "side"], ["@ann,@ben"])
    assert terms.words == []


def test_a_day_leaves_no_room_for_what_is_before_or_after() -> None:
    terms = parse_terms("on:2018-03-01 before:2018-03-01 -after:2018-03-01")
    assert terms.spans == [Span(MIDNIGHT, MIDNIGHT + clock.DAY)]
    assert terms.excluded_spans == []


def test_days_begin_where_the_searcher_is() -> None:
    terms = parse_terms("after:2018-02-28 -before:2018-03-01", offset=3600)
    assert terms.spans == [Span(start=MIDNIGHT - clock.HOUR)]
    assert terms.excluded_spans == [Span(end=MIDNIGHT - clock.HOUR)]


@pytest.mark.parametrize("day", ["2018-02-30", "yesterday", "2018", "0000-01-01", "2018-03-01T00:00", "２０１８-1-1x"])
def test_what_is_no_day_never_was(day: str) -> None:
    assert parse_terms(f"on:{day}").spans == [NEVER]


def test_it_ends_where_the_room_for_tokens_ends() -> None:
    terms = parse_terms('"' + "a b " * 4000 + '" c')
    assert sum(len(phrase.tokens) for phrase in terms.words) == 500


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Semi-sweet_tea, 4.2!", ["semi", "sweet", "tea", "4", "2"]),
        ("東京へ行く", ["東京", "京へ", "へ行", "行く", "く"]),
        ("iPhone15を買う", ["iphone15", "を買", "買う", "う"]),
        ("한국, 어", ["한국", "국", "어"]),
        ("이름・カ", ["이름", "름", "カ"]),
        ("soft\u00adhyphen", ["softhyphen"]),
        ("हिन्दी", ["हिन्दी"]),
        ("ok🎉❤️", ["ok", "🎉", "❤"]),
        ("ＦＵＬＬ ½", ["full", "1", "2"]),
        ("\u0301 _ -", []),
        ("z" * (TOKEN_LIMIT + 1), []),
    ],
)
def test_it_splits_texts(text: str, tokens: list[str]) -> None:
    assert [token.kept for token in tokens_of(text)] == tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Crème", "creme"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("Łódź", "lodz"), ("Æther", "aether"),
     ("ёлка", "елка"), ("Ἀθήνα", "αθηνα"), ("İstanbul", "istanbul"), ("が", "が"), ("각", "각"), ("مَرحبًا", "مرحبا")],
)  # fmt: skip
def test_it_knows_words_without_their_accents(text: str, folded: str) -> None:
    assert tokens_of(text)[0].folded == folded
