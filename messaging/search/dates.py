"""The days that a search is limited to, as spans of time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from mattermost_site import clock

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WIDEST_OFFSET = 24 * 3600  # seconds; more is no time zone


@dataclass(frozen=True, slots=True)
class Span:
    """A time from ``start`` until just before ``end``, in ms; None where it is open."""

    start: int | None = None
    end: int | None = None


NEVER = Span(0, 0)


def span_of(flag: str, day: str, offset: int) -> Span:
    """What ``on:``, ``before:`` or ``after:`` a day means; NEVER for what is no day.

    ``offset`` are the seconds by which the searcher's clock is ahead of UTC.
    """
    first = _midnight(day)
    if first is None:
        return NEVER
    start = first - max(-_WIDEST_OFFSET, min(offset, _WIDEST_OFFSET)) * clock.SECOND
    end = start + clock.DAY
    if flag == "before":
        return Span(end=start)
    return Span(start=end) if flag == "after" else Span(start, end)


def _midnight(day: str) -> int | None:
    found = _DATE.fullmatch(day)
    if found is None:
        return None
    try:
        parsed = date(*map(int, found.groups()))
    except ValueError:
        return None
    return int(datetime(parsed.year, parsed.month, parsed.day, tzinfo=UTC).timestamp()) * clock.SECOND
