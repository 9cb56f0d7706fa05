"""Whom somebody sees: everybody, or for guests those they share a place with (permissions.md §1 and §6)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from accounts.models import User
from accounts.permissions import Permission, grants, has_system
from accounts.scheme_roles import TEAM_ROLES, membership_roles, scheme_names
from mattermost_site.actor import Actor
from mattermost_site.errors import PermissionDenied
from messaging.models import ChannelMember
from teams.models import TeamMember

_TEAM_ROLES_SQL = """
    SELECT m.teamid, m.roles, m.schemeguest, m.schemeuser, m.schemeadmin,
           s.defaultteamguestrole, s.defaultteamuserrole, s.defaultteamadminrole
    FROM teammembers m
    JOIN teams t ON t.id = m.teamid
    LEFT JOIN schemes s ON s.id = t.schemeid
    WHERE m.userid = %s AND m.deleteat = 0
"""

_GUESTS_SQL = """
    SELECT DISTINCT other.userid
    FROM channelmembers own
    JOIN channelmembers other ON other.channelid = own.channelid AND other.schemeguest = %s
    WHERE own.userid = %s
"""


@dataclass(frozen=True, slots=True)
class Visibility:
    """Who is seen by a person without ``view_members``: the members of these teams and of the person's channels."""

    user_id: str
    team_ids: tuple[str, ...]

    def condition(self) -> Q:
        """The visible ones, as a condition on users."""
        own = ChannelMember.objects.filter(user_id=self.user_id).values("channel_id")
        sharing = Q(id__in=ChannelMember.objects.filter(channel_id__in=own).values("user_id"))
        seen = Q(id=self.user_id) | sharing
        if self.team_ids:
            members = TeamMember.objects.filter(team_id__in=self.team_ids, delete_at=0)
            seen |= Q(id__in=members.values("user_id"))
        return seen


def visibility_of(actor: Actor) -> Visibility | None:
    """What limits whom the actor sees; None when nothing does."""
    if has_system(actor, Permission.VIEW_MEMBERS):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_TEAM_ROLES_SQL, [actor.user_id])
        rows = cursor.fetchall()
    teams = []
    for team_id, explicit, guest, user, admin, *custom in rows:
        flags = (bool(guest), bool(user), bool(admin))
        roles = membership_roles(explicit or "", flags, scheme_names(custom, TEAM_ROLES))
        if grants(roles, Permission.VIEW_MEMBERS):
            teams.append(team_id)
    return Visibility(actor.user_id, tuple(teams))


def visible_ids(actor: Actor, user_ids: list[str]) -> list[str]:
    """Those of the users that the actor sees, in the same order."""
    visibility = visibility_of(actor)
    if visibility is None:
        return user_ids
    seen = set(User.objects.filter(visibility.condition(), id__in=user_ids).values_list("id", flat=True))
    return [user_id for user_id in user_ids if user_id in seen]


def require_visible(actor: Actor, user_id: str) -> None:
    """PermissionDenied unless the actor sees the user; one that does not exist is seen by the unrestricted."""
    if actor.user_id != user_id and not visible_ids(actor, [user_id]):
        raise PermissionDenied(Permission.VIEW_MEMBERS)


def guests_seeing(user_id: str) -> frozenset[str]:
    """The guests that share a channel with a user, and so may hear of changes to the account."""
    with connection.cursor() as cursor:
        cursor.execute(_GUESTS_SQL, [True, user_id])
        return frozenset(row[0] for row in cursor.fetchall())
