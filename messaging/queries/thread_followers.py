"""Memberships of one thread, as a reply finds them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import orjson

from messaging.mentions.wishes import desktop_level
from messaging.queries.post_rows import marks, run


@dataclass(frozen=True, slots=True)
class Following:
    """How somebody stands to a thread; times in ms. Without a row nobody follows."""

    following: bool = False
    last_viewed: int = 0
    unread_mentions: int = 0


def memberships_of(root_id: str) -> dict[str, Following]:
    """Everybody's standing by user id, also of those who have stopped to follow."""
    rows = run(
        "SELECT userid, following, lastviewed, unreadmentions FROM threadmemberships WHERE postid = %s", [root_id]
    )
    return {row[0]: Following(bool(row[1]), row[2] or 0, row[3] or 0) for row in rows}


def replies_after(root_id: str, time: int) -> int:
    """How many replies of a thread are younger than ``time`` (ms)."""
    rows = run(
        "SELECT COUNT(*) FROM posts WHERE rootid = %s AND createat > %s AND deleteat = 0 AND originalid = ''",
        [root_id, time],
    )
    return int(rows[0][0])


def told_on_desktop(channel_id: str, user_ids: Collection[str], mentioned: Collection[str]) -> set[str]:
    """Those of the followers who want to be told of a reply on the desktop: by the channel's settings, else their own.

    Mentioned ones always; others at level ``all``, or at level ``mention`` when they asked for all threads.
    """
    if not user_ids:
        return set()
    rows = run(
        f"""SELECT u.id, u.notifyprops, m.notifyprops FROM users u
            JOIN channelmembers m ON m.channelid = %s AND m.userid = u.id
            WHERE u.id IN ({marks(user_ids)}) AND u.deleteat = 0""",  # noqa: S608
        [channel_id, *user_ids],
    )
    told = set()
    for user_id, user_text, member_text in rows:
        own, here = orjson.loads(user_text or "{}"), orjson.loads(member_text or "{}")
        level = desktop_level(own, here)
        decides = own if (here.get("desktop") or "default") == "default" else here
        threads = decides.get("desktop_threads")
        if user_id in mentioned or level == "all" or (level == "mention" and threads == "all"):
            told.add(user_id)
    return told
