"""Slack's markup as it is written here."""

from __future__ import annotations

import time
from typing import Any

import pytest

from integrations.slack import converted, converted_attachment, user_ids_in

ANN, NOBODY = "a" * 26, "z" * 26


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<!channel> <!here> <!all>", "@channel @here @all"),
        ("<!everyone>", "<!everyone>"),
        (f"<@{ANN}>", "@ann"),
        (f"<@{NOBODY}>", f"<@{NOBODY}>"),
        ("<http://example.com|the page>", "[the page](http://example.com)"),
        ("<http://example.com>", "<http://example.com>"),
        ("*bold* &lt;tag&gt; {{x}}", "*bold* &lt;tag&gt; {{x}}"),
        ("a < b | c > d", "a < b | c > d"),
    ],
)
def test_it_converts_mentions_and_links(text: str, wanted: str) -> None:
    assert converted(text, {ANN: "ann"}) == wanted


def test_it_converts_what_of_an_attachment_is_text() -> None:
    mention = f"<@{ANN}>"
    attachment: dict[str, Any] = {"text": mention, "title": mention, "pretext": mention, "footer": mention}
    attachment |= {"fields": [{"title": mention, "value": mention}, {"value": None}]}
    found = converted_attachment(attachment, {ANN: "ann"})
    assert [found[key] for key in ("text", "title", "pretext", "footer")] == ["@ann", "@ann", "@ann", mention]
    assert [(one.get("title"), one["value"]) for one in found["fields"]] == [(mention, "@ann"), (None, None)]


def test_it_finds_who_is_mentioned() -> None:
    assert user_ids_in([f"<@{ANN}> <@short>", ""]) == {ANN}


def test_it_takes_no_long_time_for_hostile_texts() -> None:
    begin = time.monotonic()
    converted("<a|" * 100_000 + "<" * 100_000, {})
    assert time.monotonic() - begin < 2
