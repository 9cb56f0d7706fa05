"""Settings of users, as clients see them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from mattermost_site.errors import AppError

_SQL = "SELECT userid, category, name, COALESCE(value, '') FROM preferences WHERE userid = %s"
_ORDER = " ORDER BY category, name"


def preferences_of(user_id: str) -> list[dict[str, str]]:
    """All settings of a user. One statement."""
    return _read(_SQL + _ORDER, [user_id])


def preferences_in(user_id: str, category: str) -> list[dict[str, str]]:
    """The settings of one category; ``api.preference.preferences_category.get.app_error`` (404) when there are none."""
    found = _read(f"{_SQL} AND category = %s{_ORDER}", [user_id, category])
    if not found:
        raise AppError("api.preference.preferences_category.get.app_error", status=404)
    return found


def preference_named(user_id: str, category: str, name: str) -> dict[str, str]:
    """One setting; ``app.preference.get.app_error`` (400, as recorded) when there is none."""
    found = _read(f"{_SQL} AND category = %s AND name = %s", [user_id, category, name])
    if not found:
        raise AppError("app.preference.get.app_error")
    return found[0]


def _read(sql: str, params: Sequence[str]) -> list[dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [
            {"user_id": user_id, "category": category, "name": name, "value": value}
            for user_id, category, name, value in cursor.fetchall()
        ]
