"""Making a team, and inviting people to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify

from accounts.permissions import Permission, has_system, require_system
from accounts.web.base import FormPage, Page
from mattermost_site.config.site import site_url
from mattermost_site.errors import PermissionDenied
from mattermost_site.ids import new_id
from teams.actions.teams import NewTeam, create_team
from teams.permissions import require_team, sees_invite_id
from teams.queries import team_by_name
from teams.web.choosing import first_address

NAME_LIMIT = 64


def name_from(display_name: str) -> str:
    """A name for addresses made of a display name; any name when that has no letters of the alphabet."""
    return slugify(display_name)[:NAME_LIMIT].strip("-") or new_id()


class CreateTeam(FormPage):
    """The page that makes a team."""

    template = "web/create_team.html"
    fields = ("display_name", "name", "open")
    error_fields = {
        "is_valid.name": "display_name",
        "is_valid.url": "name",
        "is_valid.reserved": "name",
        "is_valid.characters": "name",
        "save_team.existing": "name",
    }

    def context(self) -> dict[str, Any]:
        return {"can_create": has_system(self.actor, Permission.CREATE_TEAM)}

    def submit(self, values: Mapping[str, str]) -> HttpResponseBase:
        require_system(self.actor, Permission.CREATE_TEAM)
        display_name = values["display_name"].strip()
        is_open = bool(values["open"])
        wanted = NewTeam(
            name=values["name"].strip().lower() or name_from(display_name),
            display_name=display_name,
            type="O" if is_open else "I",
            allow_open_invite=is_open,
        )
        return HttpResponseRedirect(first_address(create_team(actor=self.actor, creator=self.me, wanted=wanted)))


class Invite(Page):
    """Shows the link that lets people into a team."""

    def get(self, request: HttpRequest, team_name: str) -> HttpResponseBase:
        team = team_by_name(team_name)
        require_team(self.actor, team.id, Permission.VIEW_TEAM)
        if not sees_invite_id(self.actor, team.id):
            raise PermissionDenied(Permission.INVITE_USER)
        path = f"{reverse('web:signup')}?id={team.invite_id}"
        host = site_url() or f"{request.scheme}://{request.get_host()}"
        # A site below a path has it in both: in its address and in what ``reverse`` answers.
        link = host.removesuffix(request.META.get("SCRIPT_NAME", "").rstrip("/")) + path
        return self.render("web/invite.html", {"team": team, "link": link})
