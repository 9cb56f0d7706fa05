"""How much of channels and teams users have not read (semantics §6, §10)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from mattermost_site import config
from mattermost_site.errors import AppError
from messaging.queries.post_rows import marks, run
from messaging.queries.threads import URGENT

SILENT_TYPES = frozenset(
    {
        "system_join_channel", "system_leave_channel", "system_add_to_channel", "system_remove_from_channel",
        "system_join_team", "system_leave_team", "system_add_to_team", "system_remove_from_team",
        "system_join_leave", "system_add_remove",
    }
)  # fmt: skip
"""Joins and leaves: they raise no totals and are never unread."""

_MUTED = "COALESCE(m.notifyprops ->> 'mark_unread', 'all') = 'mention'"
_UNREAD = f"""
    CASE WHEN {_MUTED} THEN 0 ELSE COALESCE(c.totalmsgcount, 0) - COALESCE(m.msgcount, 0) END AS messages,
    COALESCE(m.mentioncount, 0) AS mentions,
    COALESCE(m.mentioncountroot, 0) AS rootmentions,
    COALESCE(m.urgentmentioncount, 0) AS urgent,
    CASE WHEN {_MUTED} THEN 0 ELSE COALESCE(c.totalmsgcountroot, 0) - COALESCE(m.msgcountroot, 0) END AS roots
"""
"""Of a membership ``m`` in a channel ``c``: messages, mentions, those in roots, urgent ones, roots."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether a member has something unread in a channel, and when it will have been read: ``time`` in ms."""

    is_unread: bool
    time: int


def seen_of(user_id: str, channel_ids: Collection[str]) -> dict[str, Seen]:
    """How a user stands in those of the channels that he or she is a member of, by channel id. One statement."""
    if not channel_ids:
        return {}
    rows = run(
        f"""SELECT c.id, COALESCE(c.totalmsgcount, 0) - COALESCE(m.msgcount, 0), COALESCE(m.mentioncount, 0),
                COALESCE(c.lastpostat, 0), COALESCE(m.lastviewedat, 0)
            FROM channelmembers m JOIN channels c ON c.id = m.channelid
            WHERE m.userid = %s AND m.channelid IN ({marks(channel_ids)})""",  # noqa: S608
        [user_id, *channel_ids],
    )
    return {row[0]: Seen(row[1] > 0 or row[2] > 0, max(row[3], row[4])) for row in rows}


def posts_since(channel_id: str, time: int) -> tuple[int, int]:
    """How many posts of a channel count from ``time`` (ms) on, and how many of them are roots: no joins and leaves."""
    rows = run(
        f"""SELECT COUNT(*), COALESCE(SUM(CASE WHEN rootid = '' THEN 1 ELSE 0 END), 0) FROM posts
            WHERE channelid = %s AND createat >= %s AND deleteat = 0
                AND COALESCE(type, '') NOT IN ({marks(SILENT_TYPES)})""",  # noqa: S608
        [channel_id, time, *sorted(SILENT_TYPES)],
    )
    return int(rows[0][0]), int(rows[0][1])


def channel_unread(user_id: str, channel_id: str) -> dict[str, Any]:
    """What a member has not read of a channel; ``app.channel.get_unread.app_error`` (404) for others."""
    rows = run(
        f"""SELECT COALESCE(c.teamid, ''), {_UNREAD} FROM channelmembers m JOIN channels c ON c.id = m.channelid
            WHERE m.userid = %s AND m.channelid = %s""",  # noqa: S608
        [user_id, channel_id],
    )
    if not rows:
        raise AppError("app.channel.get_unread.app_error", status=404)
    team_id, messages, mentions, root_mentions, urgent, roots = rows[0]
    return {
        "team_id": team_id,
        "channel_id": channel_id,
        "msg_count": messages,
        "mention_count": mentions,
        "mention_count_root": root_mentions,
        "urgent_mention_count": urgent,
        "msg_count_root": roots,
    }


def teams_unread(user_id: str, *, with_direct: bool = False, with_threads: bool = False) -> list[dict[str, Any]]:
    """What a user has not read in each team with a channel of the user's; muted channels count with mentions only.

    ``with_direct`` adds direct and group channels under the id ``""``. Archived channels do not count.
    """
    direct = "" if with_direct else " AND c.teamid <> ''"
    found = _team_rows(user_id, direct, [])
    if with_threads:
        for team_id, counts in _unread_threads(user_id).items():
            if team_id in found:
                found[team_id] |= counts
    return list(found.values())


def team_unread(user_id: str, team_id: str) -> dict[str, Any]:
    """What a user has not read in one team; threads are not counted here (recorded)."""
    return _team_rows(user_id, " AND c.teamid = %s", [team_id]).get(team_id) or _team(team_id)


def _team_rows(user_id: str, where: str, params: list[str]) -> dict[str, dict[str, Any]]:
    rows = run(
        f"""SELECT team, SUM(messages), SUM(mentions), SUM(rootmentions), SUM(roots) FROM (
                SELECT COALESCE(c.teamid, '') AS team, {_UNREAD}
                FROM channelmembers m JOIN channels c ON c.id = m.channelid
                WHERE m.userid = %s AND c.deleteat = 0{where}) AS unread
            GROUP BY team""",  # noqa: S608
        [user_id, *params],
    )
    return {row[0]: _team(row[0], *(int(value) for value in row[1:])) for row in rows}


def _team(team_id: str, messages: int = 0, mentions: int = 0, root_mentions: int = 0, roots: int = 0) -> dict[str, Any]:
    return {
        "team_id": team_id,
        "msg_count": messages,
        "mention_count": mentions,
        "mention_count_root": root_mentions,
        "msg_count_root": roots,
        "thread_count": 0,
        "thread_mention_count": 0,
        "thread_urgent_mention_count": 0,
    }


def _unread_threads(user_id: str) -> dict[str, dict[str, int]]:
    """Followed threads with unread replies, and the mentions in them, by team id."""
    rows = run(
        f"""SELECT c.teamid, SUM(CASE WHEN t.lastreplyat > tm.lastviewed THEN 1 ELSE 0 END), SUM(tm.unreadmentions),
                SUM(CASE WHEN pp.priority = '{URGENT}' THEN tm.unreadmentions ELSE 0 END)
            FROM threadmemberships tm
            JOIN threads t ON t.postid = tm.postid
            JOIN channels c ON c.id = t.channelid
            LEFT JOIN postspriority pp ON pp.postid = tm.postid
            WHERE tm.userid = %s AND tm.following AND COALESCE(t.threaddeleteat, 0) = 0 GROUP BY c.teamid""",  # noqa: S608
        [user_id],
    )
    shows_priority = config.current().service.post_priority
    return {
        row[0]: {
            "thread_count": int(row[1] or 0),
            "thread_mention_count": int(row[2] or 0),
            "thread_urgent_mention_count": int(row[3] or 0) if shows_priority else 0,
        }
        for row in rows
    }
