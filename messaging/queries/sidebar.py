"""The sidebar of a user in a team: categories and what is under each (semantics §12.2).

What has no place of its own shows at the end of "channels" or "direct_messages", by display name.
Names are compared here, code point by code point, because databases differ in how they sort.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

CHANNELS, DIRECT_MESSAGES, FAVORITES, CUSTOM = "channels", "direct_messages", "favorites", "custom"

_CATEGORIES_SQL = """
    SELECT c.id, COALESCE(c.sortorder, 0), COALESCE(c.sorting, ''), COALESCE(c.type, ''), COALESCE(c.displayname, ''),
           COALESCE(c.muted, %s), COALESCE(c.collapsed, %s), s.channelid
    FROM sidebarcategories c
    LEFT JOIN sidebarchannels s ON s.categoryid = c.id AND s.userid = c.userid
    WHERE c.userid = %s AND c.teamid = %s
    ORDER BY c.sortorder, c.id, s.sortorder, s.channelid
"""

_JOINED_SQL = """
    SELECT c.id, c.type, COALESCE(c.displayname, '')
    FROM channelmembers m
    JOIN channels c ON c.id = m.channelid
    WHERE m.userid = %s AND COALESCE(c.deleteat, 0) = 0 AND (c.teamid = %s OR c.type IN ('D', 'G'))
"""

_ORDER_SQL = "SELECT id FROM sidebarcategories WHERE userid = %s AND teamid = %s ORDER BY sortorder, id"

_OWN_SQL = """
    SELECT m.channelid
    FROM channelmembers m
    JOIN channels c ON c.id = m.channelid
    WHERE m.userid = %s AND (c.teamid = %s OR c.type IN ('D', 'G'))
"""


@dataclass(slots=True)
class Category:
    """A heading with all that shows under it, in order; the other fields are those of ``SidebarCategory``."""

    id: str
    user_id: str
    team_id: str
    sort_order: int
    sorting: str
    type: str
    display_name: str
    muted: bool
    collapsed: bool
    channel_ids: list[str] = field(default_factory=list)


def sidebar_of(user_id: str, team_id: str) -> list[Category]:
    """The categories in order, none when the user has no sidebar in the team yet. Two statements."""
    found: dict[str, Category] = {}
    with connection.cursor() as cursor:
        cursor.execute(_CATEGORIES_SQL, [False, False, user_id, team_id])
        for id, sort_order, sorting, type, display_name, muted, collapsed, channel_id in cursor.fetchall():
            category = found.get(id)
            if category is None:
                category = found[id] = Category(
                    id, user_id, team_id, sort_order, sorting, type, display_name, bool(muted), bool(collapsed)
                )
            if channel_id is not None:
                category.channel_ids.append(channel_id)
        if found:
            cursor.execute(_JOINED_SQL, [user_id, team_id])
            _place_rest(found.values(), cursor.fetchall())
    return list(found.values())


def _place_rest(categories: Iterable[Category], joined: list[tuple[str, str, str]]) -> None:
    """Put channels that are nowhere, given as id, type and display name, where they belong by their type."""
    by_type = {category.type: category for category in categories}
    placed = {channel_id for category in categories for channel_id in category.channel_ids}
    rest = sorted((name, id, type) for id, type, name in joined if id not in placed)
    for _, id, type in rest:
        category = by_type.get(DIRECT_MESSAGES if type in ("D", "G") else CHANNELS)
        if category is not None:
            category.channel_ids.append(id)


def sidebar_order(user_id: str, team_id: str) -> list[str]:
    """The ids of the categories in order."""
    with connection.cursor() as cursor:
        cursor.execute(_ORDER_SQL, [user_id, team_id])
        return [row[0] for row in cursor.fetchall()]


def own_channels(user_id: str, team_id: str, channel_ids: Iterable[str]) -> list[str]:
    """Those of the channels that may stand in this sidebar, each once and in order: the user's in the team, archived
    ones too, and direct ones."""
    wanted = list(dict.fromkeys(channel_ids))
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_OWN_SQL, [user_id, team_id])
        own = {row[0] for row in cursor.fetchall()}
    return [channel_id for channel_id in wanted if channel_id in own]
