"""What a person says of itself beside its name: an emoji, a text, and until when (semantics §5.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson

from mattermost_site.api.inputs import Body
from mattermost_site.errors import InvalidBodyParam

TEXT_LIMIT = 100  # code points; longer ones are cut
RECENT_LIMIT = 5
NEVER = "0001-01-01T00:00:00Z"
DATE_AND_TIME = "date_and_time"
DURATIONS = frozenset({"thirty_minutes", "one_hour", "four_hours", "today", "this_week", DATE_AND_TIME})

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class CustomStatus:
    """A custom status as it is stored; ``expires_at`` is a time of RFC 3339, NEVER when it has no end."""

    emoji: str = ""
    text: str = ""
    duration: str = ""
    expires_at: str = NEVER

    def to_json(self) -> str:
        """The text that ``props.customStatus`` of an account holds."""
        return orjson.dumps(asdict(self)).decode()

    def is_over(self) -> bool:
        """Whether the end has passed; without an end, true."""
        return _moment(self.expires_at) < datetime.now(UTC)

    def has_sound_end(self) -> bool:
        """Whether duration and end fit: no end at all, or one to come."""
        if not self.duration and self.expires_at == NEVER:
            return True
        return (not self.duration or self.duration in DURATIONS) and not self.is_over()

    def completed(self) -> CustomStatus:
        """As it is stored: the text cut, an end without a named duration called a date and time."""
        duration = self.duration or (DATE_AND_TIME if self.expires_at != NEVER else "")
        return replace(self, text=self.text[:TEXT_LIMIT], duration=duration)


def custom_status_from(body: Body) -> CustomStatus:
    """The custom status that a client sends; InvalidBodyParam for wrong types and an end that is no time."""
    return CustomStatus(
        emoji=body.text("emoji"),
        text=body.text("text"),
        duration=body.text("duration"),
        expires_at=_clean_time(body.text("expires_at"), body.name) if "expires_at" in body else NEVER,
    )


def _clean_time(text: str, name: str) -> str:
    """A time in the one form of many that clients compare: no zeros at the end of a fraction, ``Z`` for no offset."""
    match = _TIME.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        _moment(text)
    except ValueError as error:
        raise InvalidBodyParam(name, "expires_at") from error
    moment, fraction, offset = match.groups(default="")
    fraction = fraction.rstrip("0")
    return moment + (f".{fraction}" if fraction else "") + ("Z" if offset[1:] == "00:00" else offset)


def _moment(text: str) -> datetime:
    """The time in UTC; ValueError when there is none such, or it lies outside the years 1 to 9999."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


def recent_from(value: str) -> list[CustomStatus]:
    """The list in the setting ``recent_custom_statuses``; empty for what is no such list: clients may write it."""
    try:
        items = orjson.loads(value)
    except orjson.JSONDecodeError:
        return []
    if not isinstance(items, list):
        return []
    return [status for item in items if (status := _stored(item)) is not None]


def _stored(item: Any) -> CustomStatus | None:
    try:
        return custom_status_from(Body(item, ""))
    except InvalidBodyParam:
        return None


def recent_to_json(recent: Iterable[CustomStatus]) -> str:
    """The text that the setting ``recent_custom_statuses`` holds."""
    return orjson.dumps([asdict(status) for status in recent]).decode()


def with_recent(recent: Iterable[CustomStatus], status: CustomStatus) -> list[CustomStatus]:
    """The list with one more in front, in place of one with the same text; at most five."""
    others = [other for other in recent if other.text != status.text]
    return [status, *others][:RECENT_LIMIT]
