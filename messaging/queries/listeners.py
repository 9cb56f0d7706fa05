"""Members of a channel and the people around it, as mentions need them. Accounts that are deactivated never count."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from messaging.models import Channel
from messaging.queries.post_rows import marks, run

# What an account and a member say to words that mean everybody: muting speaks only where the member has not decided.
_WANTS_CHANNEL_WIDE = """
    COALESCE(u.notifyprops ->> 'channel', 'true') = 'true'
    AND COALESCE(m.notifyprops ->> 'ignore_channel_mentions', 'default') <> 'on'
    AND NOT (COALESCE(m.notifyprops ->> 'ignore_channel_mentions', 'default') = 'default'
             AND COALESCE(m.notifyprops ->> 'mark_unread', 'all') = 'mention')
"""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whose name a post holds; a group of users has an ``id`` and a ``name`` too, and no more."""

    id: str
    name: str
    is_member: bool
    is_in_team: bool
    is_bot: bool
    is_group: bool


def bearers(channel: Channel, names: Collection[str]) -> list[Named]:
    """The active accounts of these names, in the channel or not, and the groups that may be mentioned by them.

    In the order of names; one statement, none for no names.
    """
    if not names:
        return []
    rows = run(
        f"""SELECT u.id, u.username AS name, m.userid, tm.userid, b.userid, NULL FROM users u
            LEFT JOIN channelmembers m ON m.channelid = %s AND m.userid = u.id
            LEFT JOIN teammembers tm ON tm.teamid = %s AND tm.userid = u.id AND tm.deleteat = 0
            LEFT JOIN bots b ON b.userid = u.id
            WHERE u.username IN ({marks(names)}) AND u.deleteat = 0
            UNION ALL
            SELECT g.id, g.name, NULL, NULL, NULL, g.id FROM usergroups g
            WHERE g.name IN ({marks(names)}) AND g.allowreference AND g.deleteat = 0
            ORDER BY name""",  # noqa: S608 - placeholders
        [channel.id, channel.team_id, *names, *names],
    )
    return [Named(row[0], row[1], *(value is not None for value in row[2:])) for row in rows]


def members_of_groups(channel_id: str, group_ids: Collection[str]) -> dict[str, set[str]]:
    """The active members of the channel who are in these groups, by group id; groups without any are left out."""
    if not group_ids:
        return {}
    rows = run(
        f"""SELECT gm.groupid, gm.userid FROM groupmembers gm
            JOIN channelmembers m ON m.channelid = %s AND m.userid = gm.userid
            JOIN users u ON u.id = gm.userid AND u.deleteat = 0
            WHERE gm.groupid IN ({marks(group_ids)}) AND gm.deleteat = 0""",  # noqa: S608 - placeholders
        [channel_id, *group_ids],
    )
    found: dict[str, set[str]] = {}
    for group_id, user_id in rows:
        found.setdefault(group_id, set()).add(user_id)
    return found


def members_among(channel_id: str, user_ids: Collection[str]) -> set[str]:
    """Those of the users who are active members of the channel."""
    if not user_ids:
        return set()
    rows = run(
        f"""SELECT m.userid FROM channelmembers m JOIN users u ON u.id = m.userid
            WHERE m.channelid = %s AND u.deleteat = 0 AND m.userid IN ({marks(user_ids)})""",  # noqa: S608
        [channel_id, *user_ids],
    )
    return {row[0] for row in rows}


def all_members(channel_id: str) -> dict[str, str]:
    """The active members of a direct or group channel: user names by id."""
    rows = run(
        """SELECT m.userid, u.username FROM channelmembers m JOIN users u ON u.id = m.userid
           WHERE m.channelid = %s AND u.deleteat = 0""",
        [channel_id],
    )
    return {row[0]: row[1] for row in rows}


def is_larger_than(channel_id: str, limit: int) -> bool:
    """Whether a channel has more active members than ``limit``; counts no further than that."""
    rows = run(
        """SELECT COUNT(*) FROM (SELECT 1 FROM channelmembers m JOIN users u ON u.id = m.userid
           WHERE m.channelid = %s AND u.deleteat = 0 LIMIT %s) AS first_ones""",
        [channel_id, limit + 1],
    )
    return bool(rows[0][0] > limit)


def wanting_channel_wide(channel_id: str, *, online_only: bool) -> set[str]:
    """The members whom ``@channel`` and ``@all`` mention; with ``online_only`` those whom ``@here`` does."""
    online = " JOIN status s ON s.userid = m.userid AND s.status = 'online'" if online_only else ""
    rows = run(
        f"""SELECT m.userid FROM channelmembers m JOIN users u ON u.id = m.userid{online}
            WHERE m.channelid = %s AND u.deleteat = 0 AND {_WANTS_CHANNEL_WIDE}""",  # noqa: S608
        [channel_id],
    )
    return {row[0] for row in rows}


def wants_channel_wide(channel_id: str, user_id: str) -> bool:
    """Whether ``@channel`` mentions this member."""
    rows = run(
        f"""SELECT 1 FROM channelmembers m JOIN users u ON u.id = m.userid
            WHERE m.channelid = %s AND m.userid = %s AND {_WANTS_CHANNEL_WIDE}""",  # noqa: S608
        [channel_id, user_id],
    )
    return bool(rows)


def commenters(root_id: str) -> dict[str, tuple[str, bool, bool]]:
    """The members who wrote in a thread and want to hear of comments, by user id.

    Told of each: the notify prop ``comments``, whether the root is theirs, whether a reply is.
    """
    rows = run(
        """SELECT u.id, u.notifyprops ->> 'comments', MAX(CASE WHEN p.id = %s THEN 1 ELSE 0 END),
               MAX(CASE WHEN p.rootid = %s THEN 1 ELSE 0 END)
           FROM posts p JOIN users u ON u.id = p.userid
           JOIN channelmembers m ON m.channelid = p.channelid AND m.userid = p.userid
           WHERE (p.id = %s OR p.rootid = %s) AND p.deleteat = 0 AND u.deleteat = 0
               AND u.notifyprops ->> 'comments' IN ('any', 'root')
           GROUP BY u.id, u.notifyprops ->> 'comments'""",
        [root_id] * 4,
    )
    return {row[0]: (row[1] or "never", bool(row[2]), bool(row[3])) for row in rows}
