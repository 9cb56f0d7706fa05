"""Wire shapes of teams."""

from __future__ import annotations

from typing import Any

from accounts.scheme_roles import TEAM_ROLES, membership_roles
from teams.models import Team, TeamMember


def team_json(team: Team, *, with_email: bool = True, with_invite_id: bool = True) -> dict[str, Any]:
    """A team; address and invite id are empty for those who must not see them (semantics §6)."""
    out: dict[str, Any] = {
        "id": team.id,
        "create_at": team.create_at,
        "update_at": team.update_at,
        "delete_at": team.delete_at,
        "display_name": team.display_name,
        "name": team.name,
        "description": team.description,
        "email": team.email if with_email else "",
        "type": team.type,
        "company_name": team.company_name,
        "allowed_domains": team.allowed_domains,
        "invite_id": team.invite_id if with_invite_id else "",
        "allow_open_invite": team.allow_open_invite,
        "scheme_id": team.scheme_id,
        "group_constrained": team.group_constrained,
        "policy_id": None,
        "cloud_limits_archived": team.cloud_limits_archived,
    }
    if team.last_team_icon_update:
        out["last_team_icon_update"] = team.last_team_icon_update
    return out


def team_member_json(member: TeamMember, role_names: tuple[str, ...] = TEAM_ROLES) -> dict[str, Any]:
    """A membership; ``role_names`` are the names that the team's scheme gives to guest, user and admin."""
    flags = (member.scheme_guest, member.scheme_user, member.scheme_admin)
    return {
        "team_id": member.team_id,
        "user_id": member.user_id,
        "roles": " ".join(membership_roles(member.roles, flags, role_names)),
        "delete_at": member.delete_at,
        "scheme_guest": member.scheme_guest,
        "scheme_user": member.scheme_user,
        "scheme_admin": member.scheme_admin,
        "explicit_roles": member.roles,
    }
