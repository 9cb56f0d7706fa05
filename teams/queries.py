"""Reads of teams and memberships."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Scheme, User
from accounts.scheme_roles import TEAM_ROLES, membership_roles, scheme_names
from mattermost_site.errors import AppError
from teams.models import Team, TeamMember

_ROLES_EVERYWHERE_SQL = """
    SELECT m.roles, m.schemeguest, m.schemeuser, m.schemeadmin,
           s.defaultteamguestrole, s.defaultteamuserrole, s.defaultteamadminrole
    FROM teammembers m
    JOIN teams t ON t.id = m.teamid
    LEFT JOIN schemes s ON s.id = t.schemeid
    WHERE m.userid = %s AND m.deleteat = 0
"""
_ROLES_SQL = f"{_ROLES_EVERYWHERE_SQL} AND m.teamid = %s"


def team_by_id(team_id: str) -> Team:
    """The team, archived ones too; ``app.team.get.find.app_error`` (404) when there is none."""
    team = Team.objects.filter(id=team_id).first()
    if team is None:
        raise AppError("app.team.get.find.app_error", status=404)
    return team


def team_by_invite_id(invite_id: str) -> Team:
    """The team of an invitation link; ``app.team.get_by_invite_id.finding.app_error`` (404) when there is none."""
    team = Team.objects.filter(invite_id=invite_id).first() if invite_id else None
    if team is None:
        raise AppError("app.team.get_by_invite_id.finding.app_error", status=404)
    return team


def team_roles(user_id: str, team_id: str) -> tuple[str, ...]:
    """The names of a member's roles in a team; none when the membership is over."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLES_SQL, [user_id, team_id])
        row = cursor.fetchone()
    return () if row is None else _roles_from(row)


def roles_in_teams(user_id: str) -> set[str]:
    """The names of all roles that somebody has in any team."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLES_EVERYWHERE_SQL, [user_id])
        return {name for row in cursor.fetchall() for name in _roles_from(row)}


def _roles_from(row: Sequence[Any]) -> tuple[str, ...]:
    return membership_roles(row[0] or "", [bool(flag) for flag in row[1:4]], scheme_names(row[4:7], TEAM_ROLES))


def member_of(user_id: str, team_id: str) -> TeamMember | None:
    """The membership, also one that is over (``delete_at`` set)."""
    return TeamMember.objects.filter(team_id=team_id, user_id=user_id).first()


def team_by_name(name: str) -> Team:
    """The team of that name in any case; ``app.team.get_by_name.missing.app_error`` (404) when there is none."""
    team = Team.objects.filter(name=name.lower()).first()
    if team is None:
        raise AppError("app.team.get_by_name.missing.app_error", status=404)
    return team


def teams_of_user(user_id: str) -> QuerySet[Team]:
    """The teams that a user is in, archived ones left out, by display name."""
    ids = TeamMember.objects.filter(user_id=user_id, delete_at=0).values("team_id")
    return Team.objects.filter(id__in=ids, delete_at=0).order_by("display_name")


def members_of_team(team_id: str, *, by_username: bool, exclude_deleted_users: bool) -> QuerySet[TeamMember]:
    """The living memberships of a team, by user id or by user name."""
    rows = TeamMember.objects.filter(team_id=team_id, delete_at=0)
    if exclude_deleted_users:
        rows = rows.exclude(user_id__in=User.objects.exclude(delete_at=0).values("id"))
    if by_username:
        name = User.objects.filter(id=OuterRef("user_id")).values("username")[:1]
        return rows.annotate(username=Subquery(name)).order_by("username")
    return rows.order_by("user_id")


def member_stats(team_id: str) -> tuple[int, int]:
    """How many members a team has, and how many of them have an active account."""
    members = TeamMember.objects.filter(team_id=team_id, delete_at=0)
    active = members.filter(user_id__in=User.objects.filter(delete_at=0).values("id"))
    return members.count(), active.count()


def role_names_of_teams(team_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names that each team's scheme gives to guest, user and admin; teams without a scheme are left out."""
    schemes = dict(Team.objects.filter(id__in=list(team_ids)).exclude(scheme_id=None).values_list("id", "scheme_id"))
    if not schemes:
        return {}
    fields = ("default_team_guest_role", "default_team_user_role", "default_team_admin_role")
    names = {row[0]: row[1:] for row in Scheme.objects.filter(id__in=schemes.values()).values_list("id", *fields)}
    return {
        team_id: scheme_names(names[scheme_id], TEAM_ROLES)
        for team_id, scheme_id in schemes.items()
        if scheme_id in names
    }


def listed_teams(*, public: bool, private: bool) -> QuerySet[Team]:
    """Teams that lists and searches may show: open ones, the others, both, by display name."""
    rows = Team.objects.order_by("display_name", "id")
    if public and private:
        return rows
    return rows.filter(allow_open_invite=public)
