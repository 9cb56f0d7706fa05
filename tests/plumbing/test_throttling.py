"""Rate limits count requests, not seconds on a wall clock."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mattermost_site import config
from mattermost_site.api import throttling
from mattermost_site.api.throttling import Limiter

RULES: dict[str, int] = {"per_second": 10, "burst": 4, "keys": 100}


def test_it_allows_the_burst_and_one_more_then_refuses() -> None:
    limiter = Limiter()
    verdicts = [limiter.take("a", at=0.0, **RULES).allowed for _ in range(7)]
    assert verdicts == [True] * 5 + [False] * 2


def test_it_refills_with_time() -> None:
    limiter = Limiter()
    for _ in range(5):
        limiter.take("a", at=0.0, **RULES)
    assert [limiter.take("a", at=at, **RULES).allowed for at in (0.05, 0.1, 0.11, 0.2)] == [False, True, False, True]


def test_it_counts_keys_apart() -> None:
    limiter = Limiter()
    for _ in range(6):
        limiter.take("a", at=0.0, **RULES)
    assert limiter.take("b", at=0.0, **RULES).allowed


def test_it_says_what_is_left_and_when_to_come_back() -> None:
    limiter = Limiter()
    first = limiter.take("a", at=0.0, **RULES)
    for _ in range(5):
        last = limiter.take("a", at=0.0, **RULES)
    assert (first.limit, first.remaining, last.remaining, last.retry_after) == (5, 4, 0, 1)


def test_it_forgets_the_oldest_keys() -> None:
    limiter = Limiter()
    for number in range(200):
        limiter.take(str(number), at=0.0, **RULES)
    assert len(limiter._full_at) == RULES["keys"]


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(throttling, "_limiter", Limiter())
    settings = {"RateLimitSettings.Enable": True, "RateLimitSettings.PerSec": 1, "RateLimitSettings.MaxBurst": 1}
    with config.override(**settings):
        yield


@pytest.mark.usefixtures("limited", "db")
def test_it_refuses_in_plain_text_with_the_published_headers() -> None:
    client = Client()
    replies = [client.get("/api/v4/system/ping") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    refusal = replies[-1]
    assert refusal["Content-Type"].startswith("text/plain")
    assert {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Retry-After"} <= set(refusal.headers)
