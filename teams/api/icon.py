"""The picture of a team."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase

from accounts.permissions import Permission
from mattermost_site.api import OK, ApiView, not_modified
from mattermost_site.api.responses import etag_of
from mattermost_site.errors import AppError
from teams.actions import icons
from teams.models import Team
from teams.permissions import access_readable_team, require_team
from teams.queries import team_by_id

MAX_AGE = 86_400  # seconds


class TeamIcon(ApiView):
    """Reads, sets and removes the picture of a team."""

    def get(self, request: HttpRequest, team_id: str) -> HttpResponseBase:
        team = access_readable_team(self.actor, team_by_id(team_id))
        etag = etag_of(team.id, team.last_team_icon_update)
        if unchanged := not_modified(request, etag):
            return unchanged
        try:
            picture = default_storage.open(icons.icon_path(team.id))
        except FileNotFoundError as error:
            raise AppError("api.team.get_team_icon.read_file.app_error", status=404) from error
        response = FileResponse(picture, content_type="image/png")
        response["ETag"] = etag
        response["Cache-Control"] = f"max-age={MAX_AGE}, private"
        return response

    def post(self, request: HttpRequest, team_id: str) -> dict[str, str]:
        require_team(self.actor, team_id, Permission.MANAGE_TEAM)
        if request.content_type != "multipart/form-data":
            raise AppError("api.team.set_team_icon.parse.app_error")
        try:
            files = request.FILES.getlist("image")
        except MultiPartParserError as error:
            raise AppError("api.team.set_team_icon.parse.app_error") from error
        if len(files) != 1:
            raise AppError("api.team.set_team_icon.no_file.app_error")
        icons.set_icon(team=self._team(team_id, "set"), file=files[0])
        return OK

    def delete(self, request: HttpRequest, team_id: str) -> dict[str, str]:
        require_team(self.actor, team_id, Permission.MANAGE_TEAM)
        icons.remove_icon(team=self._team(team_id, "remove"))
        return OK

    def _team(self, team_id: str, verb: str) -> Team:
        team = Team.objects.filter(id=team_id).first()
        if team is None:
            raise AppError(f"api.team.{verb}_team_icon.get_team.app_error")
        return team
