"""Rate limiting by address, user or header, off unless enabled (semantics §3.3).

The generic cell rate algorithm: each key has the time at which its bucket would be
full again. One process counts for itself, as each node of a cluster does.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from mattermost_site import config
from mattermost_site.api.addresses import client_address


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the limiter says of one request; times in seconds."""

    allowed: bool
    limit: int
    remaining: int
    reset: int
    retry_after: int


class Limiter:
    """Buckets of ``burst`` requests that refill at ``per_second``, for at most ``keys`` keys."""

    def __init__(self) -> None:
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, *, per_second: int, burst: int, keys: int, at: float | None = None) -> Verdict:
        """Count one request of ``key``; ``at`` is the time in seconds, now unless given."""
        now = time.monotonic() if at is None else at
        interval, capacity = 1 / per_second, burst + 1
        with self._lock:
            full_at = max(self._full_at.get(key, now), now)
            after = full_at + interval
            allowed = after - now <= capacity * interval + 1e-9
            if allowed:
                self._full_at[key] = after
                self._full_at.move_to_end(key)
                if len(self._full_at) > keys:
                    self._full_at.popitem(last=False)
        level = (after if allowed else full_at) - now
        remaining = max(0, math.floor(capacity - level / interval + 1e-9))
        retry = 0 if allowed else math.ceil(after - now - capacity * interval)
        return Verdict(allowed, capacity, remaining, math.ceil(level), max(retry, 0 if allowed else 1))


_limiter = Limiter()


def _key(request: HttpRequest) -> str:
    settings = config.current().rate_limit
    parts = [client_address(request)] if settings.vary_by_remote_addr else []
    if settings.vary_by_header:
        parts.append(request.headers.get(settings.vary_by_header, ""))
    if settings.vary_by_user:
        parts.append(request.COOKIES.get("MMAUTHTOKEN") or request.headers.get("Authorization", ""))
    return "\n".join(parts)


def refusal(request: HttpRequest) -> HttpResponse | None:
    """A 429 in plain text when the caller asks too often, else None."""
    settings = config.current().rate_limit
    if not settings.enable:
        return None
    verdict = _limiter.take(
        _key(request),
        per_second=max(settings.per_sec, 1),
        burst=max(settings.max_burst, 1),
        keys=max(settings.memory_store_size, 1),
    )
    request.rate_verdict = verdict  # type: ignore[attr-defined]
    if verdict.allowed:
        return None
    response = HttpResponse("limit exceeded", status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(verdict.retry_after)
    return response


def annotate(request: HttpRequest, response: HttpResponseBase) -> None:
    """Tell the caller how much is left."""
    verdict: Verdict | None = getattr(request, "rate_verdict", None)
    if verdict:
        response.headers["X-RateLimit-Limit"] = str(verdict.limit)
        response.headers["X-RateLimit-Remaining"] = str(verdict.remaining)
        response.headers["X-RateLimit-Reset"] = str(verdict.reset)
