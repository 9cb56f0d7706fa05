"""Calls from below to apps further up."""

from __future__ import annotations

import pytest

from mattermost_site.hooks import Hook


def test_every_handler_is_called_in_order() -> None:
    heard: list[str] = []
    hook: Hook[[str]] = Hook()
    hook.subscribe(lambda name: heard.append(f"first {name}"))
    hook.subscribe(lambda name: heard.append(f"second {name}"))
    hook("x")
    assert heard == ["first x", "second x"]


def test_a_handler_subscribes_once() -> None:
    heard: list[str] = []
    hook: Hook[[str]] = Hook()
    for _ in range(2):
        hook.subscribe(heard.append)
    hook("x")
    assert heard == ["x"]


def test_a_refusal_reaches_the_caller() -> None:
    def refuse(name: str) -> None:
        raise LookupError(name)

    hook: Hook[[str]] = Hook()
    hook.subscribe(refuse)
    with pytest.raises(LookupError):
        hook("x")
