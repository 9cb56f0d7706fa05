"""The teams of a user."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission, require_system
from mattermost_site.api import ApiView
from teams.api.members import members_json
from teams.models import TeamMember
from teams.permissions import shown
from teams.queries import teams_of_user


class UserTeams(ApiView):
    """The teams that a user is in."""

    def get(self, request: HttpRequest, user_id: str) -> list[dict[str, Any]]:
        if user_id != self.actor.user_id:
            require_system(self.actor, "sysconsole_read_user_management_users", Permission.READ_OTHER_USERS_TEAMS)
        return [shown(self.actor, team) for team in teams_of_user(user_id)]


class UserTeamMembers(ApiView):
    """A user's memberships of teams, those that are over too."""

    def get(self, request: HttpRequest, user_id: str) -> list[dict[str, Any]]:
        if user_id != self.actor.user_id:
            require_system(self.actor, Permission.READ_OTHER_USERS_TEAMS)
        return members_json(TeamMember.objects.filter(user_id=user_id))
