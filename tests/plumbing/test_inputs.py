"""What clients send is checked where it enters."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from mattermost_site.api.inputs import Body, Query, read_json
from mattermost_site.errors import BodyTooLarge, InvalidBodyParam, InvalidUrlParam


def request_with(body: bytes) -> Any:
    return RequestFactory().generic("POST", "/", body, content_type="application/json")


def test_it_reads_json() -> None:
    assert read_json(request_with(b'{"a": [1, "\xc3\xbc"]}'), "thing") == {"a": [1, "ü"]}


@pytest.mark.parametrize("body", [b"", b"{", b'{"a": "\xff"}', b'"\\ud800"', b'{"a": "x\\u0000y"}', b'{"\\u0000": 1}'])
def test_it_refuses_what_is_no_json_or_cannot_be_stored(body: bytes) -> None:
    with pytest.raises(InvalidBodyParam) as refused:
        read_json(request_with(body), "thing")
    assert refused.value.params == {"Name": "thing"}


def test_it_accepts_a_backslash_before_what_looks_like_nul() -> None:
    assert read_json(request_with(rb'{"a": "\\u0000"}'), "thing") == {"a": r"\u0000"}


def test_it_refuses_a_body_over_the_limit() -> None:
    with pytest.raises(BodyTooLarge):
        read_json(request_with(b'"' + b"x" * 100 + b'"'), "thing", limit=50)


def test_it_takes_null_for_absent() -> None:
    body = Body({"text": None, "flag": None, "list": None}, "thing")
    assert (body.text("text", "default"), body.flag("flag", True), body.texts("list"), "text" in body) == (
        "default",
        True,
        [],
        False,
    )


@pytest.mark.parametrize(
    ("method", "value"),
    [
        ("text", 1),
        ("text", ["a"]),
        ("flag", "true"),
        ("flag", 1),
        ("number", "1"),
        ("number", True),
        ("number", 1.5),
        ("number", 2**63),
        ("object", []),
        ("texts", "a"),
        ("texts", [1]),
        ("text_map", {"a": 1}),
        ("id", "short"),
        ("id", 26),
    ],
)
def test_it_refuses_other_types(method: str, value: Any) -> None:
    with pytest.raises(InvalidBodyParam):
        getattr(Body({"key": value}, "thing"), method)("key")


def test_it_takes_a_whole_float_for_an_integer() -> None:
    assert Body({"n": 3.0}, "thing").number("n") == 3


@pytest.mark.parametrize(("text", "page"), [("page=2", 2), ("page=-1", 0), ("page=x", 0), ("", 0)])
def test_it_finds_the_page(text: str, page: int) -> None:
    assert Query(QueryDict(text)).page == page


@pytest.mark.parametrize(
    ("text", "size"), [("per_page=5", 5), ("per_page=0", 0), ("per_page=201", 200), ("per_page=-1", 60), ("", 60)]
)
def test_it_bounds_the_page_size(text: str, size: int) -> None:
    assert Query(QueryDict(text)).per_page == size


def test_it_refuses_nul_in_the_query() -> None:
    with pytest.raises(InvalidUrlParam):
        Query(QueryDict("name=a%00b")).text("name")
