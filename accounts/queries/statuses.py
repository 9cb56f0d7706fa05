"""Presence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from accounts.models import Status

_SQL = """
    SELECT userid, status, manual, COALESCE(lastactivityat, 0), COALESCE(dndendtime, 0) FROM status WHERE userid
"""


def statuses_of(user_ids: Iterable[str]) -> list[Status]:
    """The presence of these users, each once; who has no row is offline. One statement."""
    wanted = list(dict.fromkeys(user_ids))
    rows = Status.objects.in_bulk(wanted)
    return [rows.get(user_id) or Status(user_id=user_id, status="offline") for user_id in wanted]


def status_objects(user_ids: Iterable[str]) -> list[dict[str, Any]]:
    """The wire shapes of ``statuses_of``, without models in between: clients ask for them all the time."""
    wanted = list(dict.fromkeys(user_ids))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # one array, so that the text, and with it the plan, stays the same
            cursor.execute(f"{_SQL} = ANY(%s)", [wanted])
        else:
            cursor.execute(f"{_SQL} IN ({', '.join(['%s'] * len(wanted))})", wanted)
        rows = {row[0]: row for row in cursor.fetchall()}
    return [_object(*rows.get(user_id, (user_id, "offline", False, 0, 0))) for user_id in wanted]


def _object(user_id: str, status: str | None, manual: Any, last_activity_at: int, dnd_end_time: int) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "status": status or "offline",
        "manual": bool(manual),
        "last_activity_at": last_activity_at,
        "dnd_end_time": dnd_end_time,
    }


def visible_statuses() -> dict[str, str]:
    """The status of everybody who is not offline, by user id."""
    return dict(Status.objects.exclude(status="offline").values_list("user_id", "status"))
