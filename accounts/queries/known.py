"""Whom somebody shares a channel with."""

from __future__ import annotations

from django.db import connection

_KNOWN_SQL = """
    SELECT DISTINCT other.userid
    FROM channelmembers own
    JOIN channelmembers other ON other.channelid = own.channelid
    WHERE own.userid = %s AND other.userid <> %s
"""


def known_ids(user_id: str) -> list[str]:
    """The ids of everybody who shares a channel of any kind with the user, deactivated ones too."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_SQL, [user_id, user_id])
        return [row[0] for row in cursor.fetchall()]
