"""The threads that users follow (semantics §11)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from mattermost_site import config
from messaging.post_metadata import hide_integrations
from messaging.queries.post_rows import COLUMNS, WIDTH, marks, run, wire
from messaging.queries.thread_people import fill_participants

URGENT = "urgent"

_FROM = """FROM threadmemberships tm
    JOIN threads t ON t.postid = tm.postid
    JOIN posts p ON p.id = tm.postid
    JOIN channels c ON c.id = p.channelid
    LEFT JOIN postspriority pp ON pp.postid = tm.postid"""
_ALIVE = " AND COALESCE(t.threaddeleteat, 0) = 0"


def _select(*, deleted_replies: bool) -> str:
    alive = "" if deleted_replies else " AND r.deleteat = 0"
    # "> ''" tells PostgreSQL that this is about few posts, so that it uses the index however few threads there are.
    unread = f"""(SELECT COUNT(*) FROM posts r WHERE r.rootid = t.postid AND r.rootid > ''
        AND r.createat > tm.lastviewed AND r.originalid = ''{alive})"""  # noqa: S608 - constants
    return f"""SELECT {COLUMNS}, tm.userid, t.replycount, t.lastreplyat, tm.lastviewed, t.participants,
        {unread}, tm.unreadmentions {_FROM}"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the threads that a user follows: those of a team, and direct ones unless ``exclude_direct``.

    ``before`` and ``after`` are ids of threads: older, or newer in ascending order. ``since`` (ms) asks
    for what was answered or read since then. ``per_page`` 0 means 60.
    """

    user_id: str
    team_id: str
    since: int = 0
    before: str = ""
    after: str = ""
    per_page: int = 0
    extended: bool = False
    deleted: bool = False
    unread: bool = False
    exclude_direct: bool = False


def _place(wanted: Wanted) -> tuple[str, list[object]]:
    team = "c.teamid = %s" if wanted.exclude_direct else "(c.teamid = %s OR c.teamid = '')"
    alive = "" if wanted.deleted else _ALIVE
    return f"tm.userid = %s AND tm.following AND {team}{alive}", [wanted.user_id, wanted.team_id]


def totals(wanted: Wanted) -> dict[str, int]:
    """How many threads a user follows, how many have unread replies, and the mentions in them."""
    where, params = _place(wanted)
    rows = run(
        f"""SELECT COUNT(*), SUM(CASE WHEN t.lastreplyat > tm.lastviewed THEN 1 ELSE 0 END), SUM(tm.unreadmentions),
            SUM(CASE WHEN pp.priority = '{URGENT}' THEN tm.unreadmentions ELSE 0 END) {_FROM} WHERE {where}""",  # noqa: S608
        params,
    )
    total, unread, mentions, urgent = (int(value or 0) for value in rows[0])
    return {
        "total": unread if wanted.unread else total,
        "total_unread_threads": unread,
        "total_unread_mentions": mentions,
        "total_unread_urgent_mentions": urgent if config.current().service.post_priority else 0,
    }


def followed_threads(wanted: Wanted) -> list[dict[str, Any]]:
    """Threads that a user follows, the one with the latest reply first."""
    where, params = _place(wanted)
    way = "DESC"
    for post_id, sign in ((wanted.before, "<"), (wanted.after, ">")):
        if post_id:
            where += f" AND t.lastreplyat {sign} (SELECT lastreplyat FROM threads WHERE postid = %s)"  # noqa: S608
            params.append(post_id)
    if wanted.after:
        way = "ASC"
    if wanted.since:
        where += " AND (t.lastreplyat >= %s OR tm.lastupdated >= %s)"
        params += [wanted.since, wanted.since]
    if wanted.unread:
        where += " AND t.lastreplyat > tm.lastviewed"
    sql = f"{_select(deleted_replies=wanted.deleted)} WHERE {where} ORDER BY t.lastreplyat {way}, t.postid LIMIT %s"
    items = _items(run(sql, [*params, wanted.per_page or 60]), extended=wanted.extended)
    for item in items:
        item["post"].setdefault("remote_id", "")  # recorded: lists have it, also of posts that were made without
    return items


def followed_thread(user_id: str, root_id: str, *, extended: bool = False) -> dict[str, Any] | None:
    """One thread as its follower sees it, also if it is deleted; None for a thread that the user does not follow."""
    return threads_of_followers(root_id, [user_id], extended=extended).get(user_id)


def threads_of_followers(
    root_id: str, user_ids: Collection[str], *, extended: bool = True
) -> dict[str, dict[str, Any]]:
    """One thread as each of these users sees it who follows it, by user id."""
    if not user_ids:
        return {}
    sql = f"""{_select(deleted_replies=False)}
        WHERE tm.postid = %s AND tm.following AND tm.userid IN ({marks(user_ids)})"""
    rows = run(sql, [root_id, *user_ids])
    return {row[WIDTH]: item for row, item in zip(rows, _items(rows, extended=extended), strict=True)}


def _items(rows: Sequence[Sequence[Any]], *, extended: bool) -> list[dict[str, Any]]:
    items = [_thread_json(row) for row in rows]
    fill_participants(items, extended=extended, of_threads=True)
    return items


def _thread_json(row: Sequence[Any]) -> dict[str, Any]:
    """A thread as one follower sees it; ``participants`` still are ids."""
    post = wire(row[:WIDTH], shows_priority=True)
    label = post.pop("metadata").get("priority", {}).get("priority")
    hide_integrations([post])
    _, reply_count, last_reply_at, last_viewed, participants, unread, mentions = row[WIDTH:]
    return {
        "id": post["id"],
        "reply_count": reply_count or 0,
        "last_reply_at": last_reply_at or 0,
        "last_viewed_at": last_viewed or 0,
        "participants": orjson.loads(participants) if participants else [],
        "post": post | {"reply_count": 0, "last_reply_at": 0, "participants": None},
        "unread_replies": unread or 0,
        "unread_mentions": mentions or 0,
        "is_urgent": label == URGENT and config.current().service.post_priority,
        "delete_at": post["delete_at"],
    }
