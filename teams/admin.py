"""Teams in the System Console."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from mattermost_site.console.base import ConsoleModelAdmin, labelled
from teams.actions import settings
from teams.models import Team
from teams.queries import member_stats


@admin.register(Team)
class TeamAdmin(ConsoleModelAdmin):
    """Lists teams; changes, archives and restores them."""

    list_display = ("display_name", "name", "kind", "state", "made")
    search_fields = ("display_name", "name", "email")
    list_filter = ("type", "allow_open_invite")
    ordering = ("display_name",)
    fields = (
        "display_name", "name", "description", "company_name", "allowed_domains", "allow_open_invite", "email",
        "members",
    )  # fmt: skip
    editable = ("display_name", "description", "company_name", "allowed_domains", "allow_open_invite")
    actions = ("archive", "restore")

    def apply(self, request: HttpRequest, original: Team, changes: dict[str, Any]) -> None:
        settings.change_team(team=original, changes=settings.TeamChanges(**changes), renews_invite_id=True)

    @admin.display(description="Who can join", ordering="allow_open_invite")
    def kind(self, team: Team) -> str:
        return "everybody" if team.allow_open_invite else "by invitation"

    @labelled(description="State", ordering="delete_at", label={"active": "success", "archived": "warning"})
    def state(self, team: Team) -> str:
        return "archived" if team.delete_at else "active"

    @admin.display(description="Members")
    def members(self, team: Team) -> str:
        total, active = member_stats(team.id)
        return f"{total}, {active} of them active"

    @admin.action(description="Archive the selected teams")
    def archive(self, request: HttpRequest, queryset: QuerySet[Team]) -> None:
        self.for_each(request, queryset, lambda team: settings.archive_team(team=team), "{} teams archived.")

    @admin.action(description="Restore the selected teams")
    def restore(self, request: HttpRequest, queryset: QuerySet[Team]) -> None:
        self.for_each(request, queryset, lambda team: settings.restore_team(team=team), "{} teams restored.")
