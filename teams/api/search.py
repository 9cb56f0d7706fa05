"""Finding teams."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from accounts.permissions import require_system
from mattermost_site.api import ApiView, Body
from mattermost_site.errors import AppError
from mattermost_site.patterns import part_of_name
from teams.api.teams import listing_rights
from teams.permissions import shown
from teams.queries import listed_teams

RETENTION = "sysconsole_read_compliance_data_retention_policy"


class TeamSearch(ApiView):
    """Teams by a part of their name; those who see all teams may also page and filter."""

    def post(self, request: HttpRequest) -> Any:
        body = self.body("team_search")
        term = part_of_name(body.text("term"))
        if body.flag("exclude_policy_constrained") or "policy_id" in body:
            require_system(self.actor, RETENTION)
        rights = listing_rights(self)
        pages = "page" in body and "per_page" in body
        if pages and not rights["private"]:
            raise AppError("api.team.search_teams.pagination_not_implemented.public_team_search", status=501)
        rows = listed_teams(**rights).filter(Q(display_name__icontains=term) | Q(name__icontains=term))
        if rights["private"]:
            rows = rows.filter(**_filters(body))
        if not pages:
            return [shown(self.actor, team) for team in rows[:100]]
        start = max(body.number("page"), 0) * max(body.number("per_page"), 0)
        found = rows[start : start + max(body.number("per_page"), 0)]
        return {"teams": [shown(self.actor, team) for team in found], "total_count": rows.count()}


def _filters(body: Body) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if "allow_open_invite" in body:
        wanted["allow_open_invite"] = body.flag("allow_open_invite")
    if "group_constrained" in body and body.flag("group_constrained"):
        wanted["group_constrained"] = True
    return wanted
