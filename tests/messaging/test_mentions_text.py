"""The words of a post, and what they hit. No database."""

from __future__ import annotations

import time

import pytest

from messaging.mentions.matching import CHANNEL_WIDE, hits, keywords_of, names_in
from messaging.mentions.text import forms_of, parts_of, plain_text, words_of

KNOWN = {"@bob", "@bob.smith", "@al-x", "apple", "Caterina", "@channel", "@ops", "über", "茶"}


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("@bob", {"@bob"}),
        ("hello @bob, how are you", {"@bob"}),
        ("(@bob)", {"@bob"}),
        ("**@bob** _@bob_", {"@bob"}),
        ("@bob. @bob: @bob-", {"@bob"}),
        ("@BOB", {"@bob"}),
        ("@bob.smith", {"@bob.smith"}),
        ("@bob.smith.", {"@bob.smith"}),
        ("@bob.jones", {"@bob"}),
        ("@al-x's", {"@al-x"}),
        ("@bobx mail@bob bob", set()),
        ("> @bob", {"@bob"}),
        ("# @bob", {"@bob"}),
        ("`@bob`", set()),
        ("``a ` @bob``", set()),
        ("```\n@bob\n```", set()),
        ("~~~\n@bob\n~~~\n@ops", {"@ops"}),
        ("text\n\n    @bob\n\nmore", set()),
        ("- item\n\n    @bob", {"@bob"}),
        ("[@bob](http://x/)", {"@bob"}),
        ("[label](http://x/apple)", set()),
        ('[label](http://x/ "apple")', set()),
        ("http://x/apple www.x.org/apple", set()),
        (":apple: :bob:", set()),
        ("an apple a day", {"apple"}),
        ("APPLE pie", {"apple"}),
        ("pineapple apples", set()),
        ("Caterina", {"Caterina"}),
        ("caterina", set()),
        ("@channel @CHANNEL!", {"@channel"}),
        ("@channels", set()),
        ("das ist über", {"über"}),
        ("ein überfall", {"über"}),
        ("喝茶吧", {"茶"}),
    ],
)
def test_it_hits_what_the_words_mean(message: str, found: set[str]) -> None:
    inside = [word for word in KNOWN if not word.isascii()]
    assert hits(words_of(message, {}), KNOWN, inside) == found


def test_it_reads_attachments() -> None:
    fields = [{"value": "@ops"}, {"value": 3}, "no field"]
    attachments = [{"pretext": "@bob", "text": "apple", "title": "@al-x", "fields": fields}, None]
    assert hits(words_of("", {"attachments": attachments}), KNOWN) == {"@bob", "apple", "@ops"}


@pytest.mark.parametrize("attachments", [None, "text", [1], [{"fields": "no"}], [{"text": None}]])
def test_it_reads_past_attachments_of_another_shape(attachments: object) -> None:
    assert words_of("word", {"attachments": attachments}) == ["word"]


def test_it_shortens_words_one_mark_at_a_time() -> None:
    assert list(forms_of("@bob-.")) == ["@bob-.", "@bob-", "@bob"]


def test_it_splits_words_at_their_marks() -> None:
    assert (parts_of("@bob.smith-x"), parts_of("@bob")) == (["@bob", "smith", "x"], [])


def test_it_asks_for_names_that_can_be_names() -> None:
    assert names_in(["@Bob.Smith.", "@channel", "@über", "mail@bob", "@" + "x" * 65]) == {
        "bob.smith.",
        "bob.smith",
        "bob",
    }


def test_it_knows_who_listens_for_the_same_word() -> None:
    keywords = keywords_of([("apple", "1"), ("apple", "2"), ("茶", "1")])
    assert (keywords.listeners["apple"], keywords.inside) == (("1", "2"), ("茶",))


@pytest.mark.parametrize(
    "message",
    ["." * 16_000, "@" + "a." * 8_000, "`" * 16_000, "](" * 8_000, '](x "' * 3_000, "[" * 16_000, "-@" * 8_000,
     "\n    " * 3_000, "http://" * 2_000, "@a" * 8_000, "~~~\n" * 4_000],
)  # fmt: skip
def test_it_takes_no_long_time_for_any_text(message: str) -> None:
    start = time.perf_counter()
    words = words_of(message, {"attachments": [{"text": message}]})
    hits(words, CHANNEL_WIDE)
    names_in(words)
    plain_text(message)
    assert time.perf_counter() - start < 0.5
