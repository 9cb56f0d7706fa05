"""Members of a team."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import user_by_id
from accounts.scheme_roles import TEAM_ROLES
from mattermost_site.api import OK, ApiView, created
from mattermost_site.api.errors import error_object
from mattermost_site.errors import AppError, InvalidBodyParam
from mattermost_site.ids import is_id
from teams.actions import leaving, roles
from teams.actions import members as actions
from teams.models import Team, TeamMember
from teams.permissions import require_self_join, require_team
from teams.queries import (
    member_of,
    member_stats,
    members_of_team,
    role_names_of_teams,
    team_by_id,
    team_by_invite_id,
)
from teams.serializers import team_member_json

BATCH_LIMIT = 256
ROLE_NAME = re.compile(r"[a-z0-9_]{1,64}")


def members_json(members: Iterable[TeamMember]) -> list[dict[str, Any]]:
    """Wire shapes of memberships, with the role names of their teams' schemes."""
    rows = list(members)
    names = role_names_of_teams({row.team_id for row in rows})
    return [team_member_json(row, names.get(row.team_id, TEAM_ROLES)) for row in rows]


def member_or_404(team_id: str, user_id: str) -> TeamMember:
    """The membership, also one that is over; ``app.team.get_member.missing.app_error`` (404) when there is none."""
    member = member_of(user_id, team_id)
    if member is None:
        raise AppError("app.team.get_member.missing.app_error", status=404)
    return member


def _newcomer(user_id: str) -> User:
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise AppError("api.team.user.missing_account", status=404)
    return user


class Members(ApiView):
    """The collection of a team's members."""

    def get(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        query = self.query
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        rows = members_of_team(
            team_id,
            by_username=query.text("sort") == "Username",
            exclude_deleted_users=query.flag("exclude_deleted_users"),
        )
        start = query.page * query.per_page
        return members_json(rows[start : start + query.per_page])

    def post(self, request: HttpRequest, team_id: str) -> HttpResponse:
        try:
            body = self.body("team_member")
            wanted_team, user_id = body.text("team_id"), body.text("user_id")
        except InvalidBodyParam as error:
            raise AppError("api.team.add_team_member.invalid_body.app_error", detailed=error.detailed) from error
        if wanted_team != team_id:
            raise InvalidBodyParam("team_id")
        if not is_id(user_id):
            raise InvalidBodyParam("user_id")
        team = team_by_id(team_id)
        if user_id == self.actor.user_id:
            require_self_join(self.actor, team)
        else:
            require_team(self.actor, team_id, Permission.ADD_USER_TO_TEAM)
        return created(team_member_json(actions.join_team(team=team, user=_newcomer(user_id), by=self.actor)))


class MembersBatch(ApiView):
    """Adds several members; with ``graceful`` each one's failure is told apart."""

    def post(self, request: HttpRequest, team_id: str) -> HttpResponse:
        user_ids = self._user_ids(team_id)
        team = team_by_id(team_id)
        require_team(self.actor, team_id, Permission.ADD_USER_TO_TEAM)
        if self.query.flag("graceful"):
            return created([self._attempt(team, user_id) for user_id in user_ids])
        users = [_newcomer(user_id) for user_id in user_ids]
        return created([team_member_json(self._add(team, user)) for user in users])

    def _user_ids(self, team_id: str) -> list[str]:
        rows = self.json("team_members")
        if not isinstance(rows, list) or not 1 <= len(rows) <= BATCH_LIMIT:
            raise InvalidBodyParam("team_members")
        for row in rows:
            if not isinstance(row, dict) or row.get("team_id") != team_id or not is_id(row.get("user_id")):
                raise InvalidBodyParam("team_members")
        return [row["user_id"] for row in rows]

    def _add(self, team: Team, user: User) -> TeamMember:
        return actions.join_team(team=team, user=user, by=self.actor, added=True)

    def _attempt(self, team: Team, user_id: str) -> dict[str, Any]:
        try:
            return {"user_id": user_id, "member": team_member_json(self._add(team, _newcomer(user_id))), "error": None}
        except AppError as error:
            shape = error_object(error, locale=self.actor.locale)
            del shape["request_id"]
            return {"user_id": user_id, "member": None, "error": shape}


class MembersById(ApiView):
    """Several members."""

    def post(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        user_ids = self.texts("user_ids")
        if not user_ids:
            raise InvalidBodyParam("user_ids")
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        return members_json(TeamMember.objects.filter(team_id=team_id, user_id__in=user_ids, delete_at=0))


class MemberDetail(ApiView):
    """One member of a team."""

    def get(self, request: HttpRequest, team_id: str, user_id: str) -> dict[str, Any]:
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        return members_json([member_or_404(team_id, user_id)])[0]

    def delete(self, request: HttpRequest, team_id: str, user_id: str) -> dict[str, str]:
        if user_id != self.actor.user_id:
            require_team(self.actor, team_id, Permission.REMOVE_USER_FROM_TEAM)
        team = team_by_id(team_id)
        removed = user_id != self.actor.user_id
        leaving.leave_team(team=team, user=user_by_id(user_id), removed=removed)
        return OK


class MemberRoles(ApiView):
    """Sets the roles of a member by name."""

    def put(self, request: HttpRequest, team_id: str, user_id: str) -> dict[str, str]:
        body = self.body("roles")
        if "roles" not in body:
            raise InvalidBodyParam("roles")
        names = body.text("roles").split()
        if not all(ROLE_NAME.fullmatch(name) for name in names):
            raise InvalidBodyParam("roles")
        require_team(self.actor, team_id, Permission.MANAGE_TEAM_ROLES)
        roles.set_roles(member=member_or_404(team_id, user_id), names=names)
        return OK


class MemberSchemeRoles(ApiView):
    """Sets the flags of a member."""

    def put(self, request: HttpRequest, team_id: str, user_id: str) -> dict[str, str]:
        body = self.body("scheme_roles")
        flags = {name: body.flag(f"scheme_{name}") for name in ("guest", "user", "admin")}
        require_team(self.actor, team_id, Permission.MANAGE_TEAM_ROLES)
        roles.set_scheme_roles(member=member_or_404(team_id, user_id), **flags)
        return OK


class TeamStats(ApiView):
    """How many members a team has."""

    def get(self, request: HttpRequest, team_id: str) -> dict[str, Any]:
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        total, active = member_stats(team_id)
        return {"team_id": team_id, "total_member_count": total, "active_member_count": active}


class InviteJoin(ApiView):
    """Joins the team of an invitation link."""

    def post(self, request: HttpRequest) -> HttpResponse:
        invite_id, token = self.query.text("invite_id"), self.query.text("token")
        if token:
            raise AppError("api.user.create_user.signup_link_invalid.app_error")
        if not invite_id:
            raise AppError("api.team.add_user_to_team.missing_parameter.app_error")
        if self.actor.is_guest:
            raise AppError("api.team.add_user_to_team_from_invite.guest.app_error", status=403)
        team = team_by_invite_id(invite_id)
        return created(
            team_member_json(actions.join_team(team=team, user=user_by_id(self.actor.user_id), by=self.actor))
        )


class InviteInfo(ApiView):
    """What a visitor may know of the team behind an invitation link."""

    public = True
    free_ids = ("invite_id",)

    def get(self, request: HttpRequest, invite_id: str) -> dict[str, str]:
        team = team_by_invite_id(invite_id)
        if team.type != "O":
            raise AppError("api.team.get_invite_info.not_open_team", status=403)
        return {"id": team.id, "name": team.name, "display_name": team.display_name, "description": team.description}
