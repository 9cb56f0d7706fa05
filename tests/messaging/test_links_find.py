"""The links of a text."""

from __future__ import annotations

import time

import pytest

from messaging.links import bare_links, first_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see http://a.test/x.", "http://a.test/x"),
        ("(https://a.test/x_(y))", "https://a.test/x_(y)"),
        ("`http://a.test` http://b.test", "http://b.test"),
        ("``a ` http://a.test`` http://b.test", "http://b.test"),
        ("```\nhttp://a.test\n```\nhttp://b.test", "http://b.test"),
        ("~~~\nhttp://a.test", ""),
        ("[named](http://a.test)", ""),
        ("![picture](http://a.test) then www.b.test", "www.b.test"),
        ("`open http://a.test", "http://a.test"),
        ("nothing here", ""),
    ],
)
def test_the_first_bare_link_is_found(text: str, link: str) -> None:
    assert first_link(text) == link


def test_all_are_found_in_order() -> None:
    assert list(bare_links("http://a.test, http://b.test!")) == ["http://a.test", "http://b.test"]


@pytest.mark.parametrize("part", ["`", "``` ", "](", "http://", "[a](http://", "(", "`a``b", "~~~\n", "www."])
def test_no_text_takes_long(part: str) -> None:
    text = "http://a.test " + part * (16_383 // len(part))
    began = time.perf_counter()
    list(bare_links(text))
    assert time.perf_counter() - began < 0.5
