"""Who may do what in a team (permissions.md §1)."""

from __future__ import annotations

from typing import Any

from accounts.permissions import Permission, grants, has_system, require_system
from mattermost_site.actor import Actor
from mattermost_site.errors import PermissionDenied
from teams.models import Team
from teams.queries import roles_in_teams, team_by_id, team_roles
from teams.serializers import team_json

OPEN = "O"


def has_team(actor: Actor, team_id: str, permission: str) -> bool:
    """Whether a role of the actor's live membership of the team, or else a system role, holds the permission."""
    if not team_id:
        return False
    return grants(team_roles(actor.user_id, team_id), permission) or has_system(actor, permission)


def has_anywhere(actor: Actor, permission: str) -> bool:
    """Whether a system role of the actor, or a role in any of its teams, holds the permission."""
    return has_system(actor, permission) or grants(roles_in_teams(actor.user_id), permission)


def require_anywhere(actor: Actor, *permissions: str) -> None:
    """PermissionDenied unless the actor holds each of the permissions, as ``has_anywhere`` says."""
    for permission in permissions:
        if not has_anywhere(actor, permission):
            raise PermissionDenied(permission)


def require_team(actor: Actor, team_id: str, *permissions: str) -> None:
    """PermissionDenied unless the actor holds one of the permissions in the team."""
    if not any(has_team(actor, team_id, permission) for permission in permissions):
        raise PermissionDenied(*permissions)


def access_team(actor: Actor, team_id: str, *permissions: str) -> Team:
    """The team, when the actor holds one of the permissions there.

    ``app.team.get.find.app_error`` (404) when there is no such team, PermissionDenied
    otherwise.
    """
    team = team_by_id(team_id)
    require_team(actor, team_id, *permissions)
    return team


def sees_invite_id(actor: Actor, team_id: str) -> bool:
    """Whether the team's invite id is shown to the actor."""
    return has_team(actor, team_id, Permission.INVITE_USER)


def sees_email(actor: Actor, team_id: str) -> bool:
    """Whether the team's e-mail address is shown to the actor."""
    return has_team(actor, team_id, Permission.MANAGE_TEAM)


def access_readable_team(actor: Actor, team: Team) -> Team:
    """The team, when the actor is in it or it is open to the actor; PermissionDenied otherwise."""
    if team.type == OPEN and team.allow_open_invite and has_system(actor, Permission.LIST_PUBLIC_TEAMS):
        return team
    require_team(actor, team.id, Permission.VIEW_TEAM)
    return team


def shown(actor: Actor, team: Team) -> dict[str, Any]:
    """The wire shape of a team with what this actor may see of it."""
    return team_json(team, with_email=sees_email(actor, team.id), with_invite_id=sees_invite_id(actor, team.id))


def require_self_join(actor: Actor, team: Team) -> None:
    """PermissionDenied unless the actor may join the team by itself."""
    is_open = team.allow_open_invite
    require_system(actor, Permission.JOIN_PUBLIC_TEAMS if is_open else Permission.JOIN_PRIVATE_TEAMS)
