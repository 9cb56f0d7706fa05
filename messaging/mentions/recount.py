"""Mentions of one member counted anew, from the posts themselves (semantics §10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from accounts.models import User
from mattermost_site import config
from messaging.mentions.matching import CHANNEL_WIDE, hits
from messaging.mentions.people import DIRECT, GROUP, NOT_FOR_EVERYBODY, SILENCED
from messaging.mentions.text import words_of
from messaging.mentions.wishes import words_wished_for
from messaging.models import Channel
from messaging.new_posts import URGENT
from messaging.queries import listeners
from messaging.queries.post_rows import run

_POSTS = """
    SELECT p.message, p.props, p.type, p.rootid, pp.priority FROM posts p
    LEFT JOIN postspriority pp ON pp.postid = p.id
    WHERE p.channelid = %s AND p.createat >= %s AND p.deleteat = 0
        AND (p.userid <> %s OR p.props ->> 'from_webhook' = 'true')
"""

_REPLIES = """
    SELECT p.message, p.props, p.type FROM posts p
    WHERE p.rootid = %s AND p.createat > %s AND p.deleteat = 0
        AND (p.userid <> %s OR p.props ->> 'from_webhook' = 'true')
"""


@dataclass(frozen=True, slots=True)
class MentionCounts:
    """How many posts mention somebody, how many of them are roots, and how many of these are urgent."""

    posts: int = 0
    roots: int = 0
    urgent: int = 0


def mentions_since(user_id: str, channel: Channel, time: int) -> MentionCounts:
    """What of a channel's posts from ``time`` (ms) on mentions a member, who counts as being online.

    In a direct or group channel every post of others does.
    """
    rows = run(_POSTS, [channel.id, time, user_id])
    if rows and channel.type not in (DIRECT, GROUP):
        wanted = _wanted(user_id, channel)
        rows = [row for row in rows if _is_mentioned(user_id, wanted, row)]
    roots = [row for row in rows if not row[3]]
    return MentionCounts(len(rows), len(roots), sum(row[4] == URGENT for row in roots))


def thread_mentions_since(user_id: str, channel: Channel, root_id: str, time: int) -> int:
    """How many replies of a thread after ``time`` (ms) mention a follower, by the same rules."""
    rows = run(_REPLIES, [root_id, time, user_id])
    if rows and channel.type not in (DIRECT, GROUP):
        wanted = _wanted(user_id, channel)
        rows = [row for row in rows if _is_mentioned(user_id, wanted, row)]
    return len(rows)


def _wanted(user_id: str, channel: Channel) -> set[str]:
    """What hits the member: the name, keywords, perhaps the first name and words for everybody."""
    user = User.objects.only("id", "username", "first_name", "notify_props").get(id=user_id)
    wanted = {f"@{user.username}", *words_wished_for(user.username, user.first_name, user.notify_props)}
    limit = config.current().team.max_notifications_per_channel
    if listeners.wants_channel_wide(channel.id, user_id) and not listeners.is_larger_than(channel.id, limit):
        wanted |= CHANNEL_WIDE
    return wanted


def _is_mentioned(user_id: str, wanted: set[str], row: Sequence[Any]) -> bool:
    message, props_text, kind = row[0] or "", row[1], row[2] or ""
    props: dict[str, Any] = orjson.loads(props_text or "{}") or {}
    if kind == "system_add_to_channel":
        return props.get("addedUserId") == user_id
    found = hits(words_of(message, props), wanted, [word for word in wanted if not word.isascii()])
    if kind in NOT_FOR_EVERYBODY or props.get(SILENCED):
        found -= CHANNEL_WIDE
    return bool(found)
