"""Coming to a team: the home page, the list of teams, joining by list or link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.permissions import Permission, has_system
from accounts.web.base import Page
from mattermost_site.errors import AppError
from teams.actions.members import join_team
from teams.models import Team
from teams.permissions import require_self_join
from teams.queries import listed_teams, team_by_id, team_by_invite_id, teams_of_user

COOKIE_TEAM = "WEBTEAM"
LISTED_AT_ONCE = 200


def team_address(team: Team) -> str:
    """Where a team's channels begin: at the channel that was looked at last."""
    return reverse("web:team", kwargs={"team_name": team.name})


def first_address(team: Team) -> str:
    """Where somebody new in a team begins."""
    return reverse("web:channel", kwargs={"team_name": team.name, "channel_name": "town-square"})


class Home(Page):
    """Leads to the team that was open last, or to the list of teams."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        teams = list(teams_of_user(self.me.id))
        if not teams:
            return HttpResponseRedirect(reverse("web:teams"))
        last = request.COOKIES.get(COOKIE_TEAM, "")
        team = next((team for team in teams if team.name == last), teams[0])
        return HttpResponseRedirect(team_address(team))


class Teams(Page):
    """The person's teams, and those that may be joined."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self.render("web/teams.html", self.context())

    def context(self) -> dict[str, Any]:
        mine = list(teams_of_user(self.me.id))
        return {
            "mine": mine,
            "open_teams": self._open_teams({team.id for team in mine}),
            "can_create": has_system(self.actor, Permission.CREATE_TEAM),
        }

    def _open_teams(self, mine: set[str]) -> list[Team]:
        needed = (Permission.LIST_PUBLIC_TEAMS, Permission.JOIN_PUBLIC_TEAMS)
        if not all(has_system(self.actor, permission) for permission in needed):
            return []
        rows = listed_teams(public=True, private=False).filter(delete_at=0).exclude(id__in=mine)
        return list(rows[:LISTED_AT_ONCE])

    def post(self, request: HttpRequest) -> HttpResponseBase:
        team = team_by_id(request.POST.get("team_id", ""))
        require_self_join(self.actor, team)
        join_team(team=team, user=self.me, by=self.actor)
        return HttpResponseRedirect(first_address(team))


class JoinTeam(Page):
    """Asks whether to join the team of an invitation link, and does it."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        team = team_by_invite_id(request.GET.get("id", ""))
        return self.render("web/join_team.html", {"team": team, "invite_id": team.invite_id})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        if self.actor.is_guest:
            raise AppError("api.team.add_user_to_team_from_invite.guest.app_error", status=403)
        team = team_by_invite_id(request.POST.get("id", ""))
        join_team(team=team, user=self.me, by=self.actor)
        return HttpResponseRedirect(first_address(team))
