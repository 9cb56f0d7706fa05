"""Channels together with the actor's place in them, read by one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from accounts.scheme_roles import CHANNEL_ROLES, TEAM_ROLES, membership_roles, scheme_names
from messaging.models import Channel, ChannelMember

_CHANNEL_FIELDS = [field.attname for field in Channel._meta.concrete_fields]
_MEMBER_FIELDS = [field.attname for field in ChannelMember._meta.concrete_fields]

_FIELDS: list[Any] = [*Channel._meta.concrete_fields, *ChannelMember._meta.concrete_fields]


def _columns(model: type[Channel] | type[ChannelMember], alias: str) -> str:
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


ROLE_NAMES = """
    COALESCE(NULLIF(cs.defaultchannelguestrole, ''), ts.defaultchannelguestrole),
    COALESCE(NULLIF(cs.defaultchanneluserrole, ''), ts.defaultchanneluserrole),
    COALESCE(NULLIF(cs.defaultchanneladminrole, ''), ts.defaultchanneladminrole)
"""
"""The columns that name the roles of a channel's members, by its scheme ``cs`` or else that of its team, ``ts``."""

_SQL = f"""
    SELECT {_columns(Channel, "c")}, {_columns(ChannelMember, "m")},
           tm.userid, tm.roles, tm.schemeguest, tm.schemeuser, tm.schemeadmin,
           ts.defaultteamguestrole, ts.defaultteamuserrole, ts.defaultteamadminrole,
           {ROLE_NAMES}
    FROM channels c
    LEFT JOIN channelmembers m ON m.channelid = c.id AND m.userid = %s
    LEFT JOIN teammembers tm ON tm.teamid = c.teamid AND tm.userid = %s AND tm.deleteat = 0
    LEFT JOIN teams t ON t.id = c.teamid
    LEFT JOIN schemes ts ON ts.id = t.schemeid
    LEFT JOIN schemes cs ON cs.id = c.schemeid
    WHERE c.id IN ({{}})
"""  # noqa: S608 - the interpolated parts are column names of our models


@dataclass(slots=True)
class ChannelAccess:
    """A channel, the actor's membership (None without one), and the names of the roles that count there."""

    channel: Channel
    member: ChannelMember | None
    channel_roles: tuple[str, ...]
    team_roles: tuple[str, ...]
    channel_role_names: tuple[str, ...]


def load_access(user_id: str, channel_id: str) -> ChannelAccess | None:
    """The channel as this user stands in it; None when there is no such channel. One statement."""
    return load_accesses(user_id, [channel_id]).get(channel_id)


def load_accesses(user_id: str, channel_ids: Collection[str]) -> dict[str, ChannelAccess]:
    """Several channels as this user stands in them, by id; those that do not exist are left out. One statement."""
    if not channel_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(", ".join(["%s"] * len(channel_ids))), [user_id, user_id, *channel_ids])
        found = [_access_from(row) for row in cursor.fetchall()]
    return {access.channel.id: access for access in found}


def _access_from(row: Sequence[Any]) -> ChannelAccess:
    split, end = len(_CHANNEL_FIELDS), len(_CHANNEL_FIELDS) + len(_MEMBER_FIELDS)
    values = [field.from_db_value(value, None, connection) for field, value in zip(_FIELDS, row[:end], strict=True)]
    channel = Channel.from_db(connection.alias, _CHANNEL_FIELDS, values[:split])
    member = None
    if row[split] is not None:
        member = ChannelMember.from_db(connection.alias, _MEMBER_FIELDS, values[split:end])
    in_team, *rest = row[end:]
    names = scheme_names(rest[7:10], CHANNEL_ROLES)
    team_roles: tuple[str, ...] = ()
    if in_team is not None:
        flags = [bool(flag) for flag in rest[1:4]]
        team_roles = membership_roles(rest[0] or "", flags, scheme_names(rest[4:7], TEAM_ROLES))
    return ChannelAccess(channel, member, _channel_roles(member, names), team_roles, names)


def _channel_roles(member: ChannelMember | None, names: tuple[str, ...]) -> tuple[str, ...]:
    if member is None:
        return ()
    return membership_roles(member.roles, (member.scheme_guest, member.scheme_user, member.scheme_admin), names)
