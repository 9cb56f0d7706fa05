"""The channels that a user is in, and the memberships themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from accounts.scheme_roles import CHANNEL_ROLES, scheme_names
from messaging.access import ROLE_NAMES
from messaging.models import Channel, ChannelMember
from messaging.queries.channels import channels_with
from teams.models import Team

_FIELDS: list[Any] = [*ChannelMember._meta.concrete_fields]
_NAMES = [field.attname for field in _FIELDS]

_MEMBERSHIPS_SQL = f"""
    SELECT {", ".join(f"m.{field.column}" for field in _FIELDS)}, {ROLE_NAMES},
           COALESCE(t.displayname, ''), COALESCE(t.name, ''), COALESCE(t.updateat, 0)
    FROM channelmembers m
    JOIN channels c ON c.id = m.channelid
    LEFT JOIN teams t ON t.id = c.teamid
    LEFT JOIN schemes ts ON ts.id = t.schemeid
    LEFT JOIN schemes cs ON cs.id = c.schemeid
    WHERE m.userid = %s
"""  # noqa: S608 - the interpolated parts are column names of our models


@dataclass(frozen=True, slots=True)
class Membership:
    """A membership, the names of its channel's roles, and the team of the channel (``""`` and 0 without one)."""

    member: ChannelMember
    role_names: tuple[str, ...]
    team_display_name: str
    team_name: str
    team_update_at: int


def channels_of(
    user_id: str, *, team_id: str | None = None, include_deleted: bool = False, last_delete_at: int = 0
) -> list[Channel]:
    """The user's channels by display name, archived ones only if asked for: all, or from a time (ms) on.

    With a ``team_id`` those of the team, and the direct and group ones, which belong to every team;
    without one, channels of archived teams are left out (recorded).
    """
    found = Channel.objects.filter(id__in=channels_with(user_id)).order_by("display_name", "name")
    if team_id is None:
        found = found.exclude(team_id__in=Team.objects.exclude(delete_at=0).values("id"))
    else:
        found = found.filter(team_id__in=(team_id, ""))
    return list(found.filter(_alive(include_deleted, last_delete_at)))


def _alive(include_deleted: bool, last_delete_at: int) -> Q:
    if not include_deleted:
        return Q(delete_at=0)
    return Q(delete_at=0) | Q(delete_at__gte=last_delete_at) if last_delete_at else Q()


def newest_change(channels: Sequence[Channel]) -> tuple[str, int]:
    """The channel that changed or was posted to last: its id and that time (ms)."""
    return max(
        ((channel.id, max(channel.last_post_at, channel.update_at)) for channel in channels),
        key=lambda change: change[1],
        default=("", 0),
    )


def memberships_of(user_id: str, *, team_id: str | None = None) -> list[Membership]:
    """The user's memberships by channel id, those of archived channels too; with a team as in ``channels_of``."""
    if team_id is None:
        return _read(f"{_MEMBERSHIPS_SQL} ORDER BY m.channelid", [user_id])
    condition = "AND COALESCE(c.teamid, '') IN (%s, '')"
    return _read(f"{_MEMBERSHIPS_SQL} {condition} ORDER BY m.channelid", [user_id, team_id])


def memberships_page(user_id: str, *, page: int, per_page: int) -> list[Membership]:
    """A page of the user's memberships by channel id, direct and group channels last."""
    sql = f"{_MEMBERSHIPS_SQL} ORDER BY COALESCE(c.teamid, '') = '', m.channelid LIMIT %s OFFSET %s"
    return _read(sql, [user_id, per_page, page * per_page])


def _read(sql: str, params: Sequence[Any]) -> list[Membership]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [_membership(row) for row in cursor.fetchall()]


def _membership(row: Sequence[Any]) -> Membership:
    end = len(_FIELDS)
    values = [field.from_db_value(value, None, connection) for field, value in zip(_FIELDS, row[:end], strict=True)]
    member = ChannelMember.from_db(connection.alias, _NAMES, values)
    return Membership(member, scheme_names(row[end : end + 3], CHANNEL_ROLES), *row[end + 3 :])


def group_channels_of(user_id: str) -> QuerySet[Channel]:
    """The group channels that a user is in, by display name."""
    return Channel.objects.filter(type="G", delete_at=0, id__in=channels_with(user_id)).order_by("display_name", "name")
