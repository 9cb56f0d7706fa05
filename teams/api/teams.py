"""The collection of teams, and one team."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Permission, has_system, require_system
from accounts.queries import user_by_id
from mattermost_site import config
from mattermost_site.api import OK, ApiView, Body, created
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from teams.actions import removal, settings
from teams.actions import teams as actions
from teams.models import Team
from teams.permissions import access_readable_team, access_team, require_team, shown
from teams.queries import listed_teams, team_by_id, team_by_name


def listing_rights(view: ApiView) -> dict[str, bool]:
    """Which teams the caller may list; PermissionDenied when none."""
    public = has_system(view.actor, Permission.LIST_PUBLIC_TEAMS)
    private = has_system(view.actor, Permission.LIST_PRIVATE_TEAMS)
    if not public and not private:
        raise PermissionDenied(Permission.LIST_PUBLIC_TEAMS)
    return {"public": public, "private": private}


class Teams(ApiView):
    """The collection of teams."""

    def get(self, request: HttpRequest) -> Any:
        query = self.query
        if query.flag("exclude_policy_constrained"):
            require_system(self.actor, "sysconsole_read_compliance_data_retention_policy")
        rows = listed_teams(**listing_rights(self))
        start = query.page * query.per_page
        found = [shown(self.actor, team) for team in rows[start : start + query.per_page]]
        return {"teams": found, "total_count": rows.count()} if query.flag("include_total_count") else found

    def post(self, request: HttpRequest) -> HttpResponse:
        body = self.body("team")
        wanted = actions.NewTeam(
            name=body.text("name"),
            display_name=body.text("display_name"),
            type=body.text("type"),
            description=body.text("description"),
            company_name=body.text("company_name"),
            allowed_domains=body.text("allowed_domains"),
            allow_open_invite=body.flag("allow_open_invite"),
        )
        require_system(self.actor, Permission.CREATE_TEAM)
        if body.text("id"):
            raise AppError("store.sql_team.save_team.existing.app_error")
        team = actions.create_team(actor=self.actor, creator=user_by_id(self.actor.user_id), wanted=wanted)
        return created(shown(self.actor, team))


class TeamDetail(ApiView):
    """One team."""

    def get(self, request: HttpRequest, team_id: str) -> dict[str, Any]:
        return shown(self.actor, access_readable_team(self.actor, team_by_id(team_id)))

    def put(self, request: HttpRequest, team_id: str) -> dict[str, Any]:
        body = self.body("team")
        if body.text("id") != team_id:
            raise InvalidBodyParam("id")
        changes = settings.TeamChanges(
            display_name=body.text("display_name"),
            description=body.text("description"),
            company_name=body.text("company_name"),
            allowed_domains=body.text("allowed_domains"),
            allow_open_invite=body.flag("allow_open_invite"),
        )
        team = managed_team(self, team_id)
        return shown(self.actor, settings.change_team(team=team, changes=changes))

    def delete(self, request: HttpRequest, team_id: str) -> dict[str, str]:
        team = managed_team(self, team_id)
        if not self.query.flag("permanent"):
            settings.archive_team(team=team)
        elif config.current().service.enable_api_team_deletion:
            removal.delete_team_for_good(team=team)
        else:
            raise AppError("api.user.delete_team.not_enabled.app_error", status=401)
        return OK


def managed_team(view: ApiView, team_id: str) -> Team:
    """The team, when the caller manages it; refused before it is known whether it exists."""
    require_team(view.actor, team_id, Permission.MANAGE_TEAM)
    return access_team(view.actor, team_id, Permission.MANAGE_TEAM)


def _changes(body: Body) -> settings.TeamChanges:
    def text(key: str) -> str | None:
        return body.text(key) if key in body else None

    def flag(key: str) -> bool | None:
        return body.flag(key) if key in body else None

    return settings.TeamChanges(
        display_name=text("display_name"),
        description=text("description"),
        company_name=text("company_name"),
        allowed_domains=text("allowed_domains"),
        allow_open_invite=flag("allow_open_invite"),
        group_constrained=flag("group_constrained"),
    )


class TeamPatch(ApiView):
    """Changes some fields of a team."""

    def put(self, request: HttpRequest, team_id: str) -> dict[str, Any]:
        changes = _changes(self.body("team"))
        team = managed_team(self, team_id)
        return shown(self.actor, settings.change_team(team=team, changes=changes, renews_invite_id=True))


class TeamPrivacy(ApiView):
    """Opens or closes a team."""

    def put(self, request: HttpRequest, team_id: str) -> dict[str, Any]:
        privacy = self.body("privacy").text("privacy")
        if privacy not in (settings.OPEN, settings.INVITE_ONLY):
            raise InvalidBodyParam("privacy")
        team = managed_team(self, team_id)
        return shown(self.actor, settings.set_privacy(team=team, privacy=privacy))


class TeamRestore(ApiView):
    """Brings an archived team back."""

    def post(self, request: HttpRequest, team_id: str) -> dict[str, Any]:
        return shown(self.actor, settings.restore_team(team=managed_team(self, team_id)))


class TeamInviteId(ApiView):
    """Makes a new invitation link."""

    def post(self, request: HttpRequest, team_id: str) -> dict[str, Any]:
        team = managed_team(self, team_id)
        return shown(self.actor, settings.regenerate_invite_id(team=team))


class TeamByName(ApiView):
    """One team by its name."""

    def get(self, request: HttpRequest, team_name: str) -> dict[str, Any]:
        return shown(self.actor, access_readable_team(self.actor, team_by_name(team_name)))


class TeamExists(ApiView):
    """Whether there is a team of that name that the caller may know of."""

    def get(self, request: HttpRequest, team_name: str) -> dict[str, bool]:
        try:
            access_readable_team(self.actor, team_by_name(team_name))
        except AppError:
            return {"exists": False}
        return {"exists": True}
