"""The hot reads: profiles by id, name or address, one statement each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db import connection

from accounts.profile import Profile
from mattermost_site.errors import AppError

_SELECT = """
    SELECT u.id, u.createat, u.updateat, u.deleteat, u.username, u.authdata, u.authservice, u.email, u.emailverified,
           u.nickname, u.firstname, u.lastname, u.position, u.roles, u.allowmarketing, u.props, u.notifyprops,
           u.lastpasswordupdate, u.lastpictureupdate, u.failedattempts, u.locale, u.mfaactive, u.timezone, u.remoteid,
           b.userid, b.description, b.lasticonupdate, t.termsofserviceid, t.createat
    FROM users u
    LEFT JOIN bots b ON b.userid = u.id
    LEFT JOIN usertermsofservice t ON t.userid = u.id
"""


def profiles_by_ids(user_ids: Iterable[str], *, since: int = 0) -> list[Profile]:
    """The accounts with these ids, each once and in the given order; unknown ids are left out.

    With ``since`` only those that changed after that time (ms).
    """
    wanted = list(dict.fromkeys(user_ids))
    if not wanted:
        return []
    condition, params = _any_of("u.id", wanted)
    if since > 0:
        condition, params = f"{condition} AND u.updateat > %s", [*params, since]
    found = {profile.id: profile for profile in _read(condition, params)}
    return [found[user_id] for user_id in wanted if user_id in found]


def profiles_by_usernames(usernames: Iterable[str]) -> list[Profile]:
    """The accounts with exactly these names; unknown ones are left out."""
    wanted = list(dict.fromkeys(usernames))
    if not wanted:
        return []
    return _read(*_any_of("u.username", wanted))


def profile_by_id(user_id: str) -> Profile:
    """The account; ``app.user.missing_account.const`` (404) when there is none."""
    return _one("u.id = %s", user_id, "app.user.missing_account.const")


def profile_by_username(username: str) -> Profile:
    """The account of that name; ``app.user.get_by_username.app_error`` (404) when there is none."""
    return _one("u.username = %s", username, "app.user.get_by_username.app_error")


def profile_by_email(email: str) -> Profile:
    """The account of that address, in lower case; ``app.user.missing_account.const`` (404) when there is none."""
    return _one("u.email = %s", email, "app.user.missing_account.const")


def _one(condition: str, value: str, error: str) -> Profile:
    found = _read(condition, [value])
    if not found:
        raise AppError(error, status=404)
    return found[0]


def _any_of(column: str, values: Sequence[str]) -> tuple[str, list[Any]]:
    """A condition on many values: one array on PostgreSQL, so that the statement's text and its plan stay the same."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [list(values)]
    return f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)


def _read(condition: str, params: Sequence[Any]) -> list[Profile]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_SELECT} WHERE {condition}", params)  # noqa: S608 - conditions are those of this module
        return [_profile(row) for row in cursor.fetchall()]


def _profile(row: Sequence[Any]) -> Profile:
    return Profile(
        id=row[0],
        create_at=row[1] or 0,
        update_at=row[2] or 0,
        delete_at=row[3] or 0,
        username=row[4] or "",
        auth_data=row[5],
        auth_service=row[6] or "",
        email=row[7] or "",
        email_verified=bool(row[8]),
        nickname=row[9] or "",
        first_name=row[10] or "",
        last_name=row[11] or "",
        position=row[12] or "",
        roles=row[13] or "",
        allow_marketing=bool(row[14]),
        props=_object(row[15]),
        notify_props=_object(row[16]),
        last_password_update=row[17] or 0,
        last_picture_update=row[18] or 0,
        failed_attempts=row[19] or 0,
        locale=row[20] or "",
        mfa_active=bool(row[21]),
        timezone=_object(row[22]),
        remote_id=row[23],
        is_bot=row[24] is not None,
        bot_description=row[25] or "",
        bot_last_icon_update=row[26] or 0,
        terms_of_service_id=row[27] or "",
        terms_of_service_create_at=row[28] or 0,
    )


def _object(value: Any) -> dict[str, Any]:
    """A JSON column, which both databases hand over as text."""
    loaded = orjson.loads(value) if value else None
    return loaded if isinstance(loaded, dict) else {}
