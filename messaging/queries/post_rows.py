"""From rows of posts to their wire shape, without model instances: reading a channel is the hottest read of all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import orjson
from django.db import connection

from mattermost_site import config

Params = Sequence[Any]
WirePost = dict[str, Any]

_POST = """p.id, p.createat, p.updateat, p.editat, p.deleteat, p.ispinned, p.userid, p.channelid, p.rootid,
    p.originalid, p.message, p.type, p.props, p.hashtags, p.fileids, p.hasreactions, p.remoteid"""
_PRIORITY = "pp.priority, pp.requestedack, pp.persistentnotifications"
_FROM = "FROM posts p LEFT JOIN postspriority pp ON pp.postid = p.id"
# Not counted from the posts: PostgreSQL, which knows only how many posts have the same root on average, would
# read the whole table for each post where threads are few. A thread's own row is found by its key.
_REPLIES = """COALESCE((SELECT rt.replycount FROM threads rt
    WHERE rt.postid = CASE WHEN p.rootid = '' THEN p.id ELSE p.rootid END
    AND COALESCE(rt.threaddeleteat, 0) = 0), 0) AS replycount"""

COLUMNS = f"{_POST}, {_PRIORITY}, 0"
"""What ``wire`` needs of a post ``p`` and its priority ``pp``."""
WIDTH = 21
"""How many columns these are."""

PLAIN = f"SELECT {COLUMNS} {_FROM}"
"""Posts as ``p``, without the number of replies."""
COUNTED = f"SELECT {_POST}, {_PRIORITY}, {_REPLIES} {_FROM}"
"""Posts as ``p``, each with the number of replies of its thread."""
THREADED = f"""SELECT {_POST}, {_PRIORITY},
    COALESCE(t.replycount, 0) AS replycount, COALESCE(t.lastreplyat, 0) AS lastreplyat, t.participants, tm.following
    {_FROM}
    LEFT JOIN threads t ON t.postid = p.id
    LEFT JOIN threadmemberships tm ON tm.postid = p.id AND tm.userid = %s"""
"""Posts as ``p`` with the state of their threads, for a user: the first parameter.

``participants`` are ids until ``thread_people.fill_participants`` puts people in their place.
"""


def fetch(statement: str, params: Params) -> list[WirePost]:
    """The posts of a statement that begins with one of the three above, in its order."""
    shows_priority = config.current().service.post_priority
    return [wire(row, shows_priority) for row in run(statement, params)]


def wire(row: Sequence[Any], shows_priority: bool) -> WirePost:
    """A post (semantics §8.1) from a row; NULLs read as empty values."""
    props, file_ids, remote_id = row[12], row[14], row[16]
    post: WirePost = {
        "id": row[0],
        "create_at": row[1] or 0,
        "update_at": row[2] or 0,
        "edit_at": row[3] or 0,
        "delete_at": row[4] or 0,
        "is_pinned": bool(row[5]),
        "user_id": row[6] or "",
        "channel_id": row[7] or "",
        "root_id": row[8] or "",
        "original_id": row[9] or "",
        "message": row[10] or "",
        "type": row[11] or "",
        "props": {} if props is None or props == "{}" else orjson.loads(props) or {},
        "hashtags": row[13] or "",
        "file_ids": [] if not file_ids or file_ids == "[]" else orjson.loads(file_ids) or [],
        "pending_post_id": "",
        "reply_count": row[20] or 0,
        "last_reply_at": 0,
        "participants": None,
        "metadata": {},
    }
    if remote_id is not None:
        post["remote_id"] = remote_id
    if row[15]:
        post["has_reactions"] = True
    if row[17] is not None and shows_priority:
        post["metadata"] = {"priority": priority_json(post, row[17:20])}
    if len(row) > WIDTH:  # of THREADED
        post["last_reply_at"] = row[21]
        post["participants"] = (orjson.loads(row[22]) or None) if row[22] else None
        if row[23] is not None:
            post["is_following"] = bool(row[23])
    return post


def priority_json(post: WirePost, values: Sequence[Any]) -> dict[str, Any]:
    """The priority of a post as it is read: with the two keys that the recorded server adds, capitals and all."""
    label, requested_ack, persistent = values
    return {
        "priority": label,
        "requested_ack": None if requested_ack is None else bool(requested_ack),
        "persistent_notifications": None if persistent is None else bool(persistent),
        "PostId": post["id"],
        "ChannelId": post["channel_id"],
    }


def marks(values: Collection[object]) -> str:
    """As many placeholders as there are values, for ``IN (…)``."""
    return ", ".join(["%s"] * len(values))


def run(statement: str, params: Params) -> list[tuple[Any, ...]]:
    """The rows of any other statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
