"""Durable work in the console: what waits, what runs, what was given up."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from mattermost_site import jobs
from mattermost_site.console.display import labelled, moment
from mattermost_site.models import Outbox

STATE_COLOURS = {jobs.WAITING: "info", jobs.RUNNING: "success", jobs.DEAD: "danger"}


@admin.register(Outbox)
class OutboxAdmin(ModelAdmin):  # type: ignore[misc]
    """Rows of the outbox; dead ones can be tried again or thrown away."""

    list_display = ("kind", "show_state", "attempts", "next_run", "made", "short_error")
    list_filter = ("state", "kind")
    search_fields = ("kind", "last_error")
    ordering = ("-create_at",)
    actions = ("try_again",)
    readonly_fields = tuple(field.name for field in Outbox._meta.fields)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Outbox | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Outbox | None = None) -> bool:
        return bool(request.user.is_staff)

    @labelled(description="State", ordering="state", label=STATE_COLOURS)
    def show_state(self, row: Outbox) -> str:
        return row.state

    @admin.display(description="Next run", ordering="run_at")
    def next_run(self, row: Outbox) -> str:
        return moment(row.run_at)

    @admin.display(description="Made", ordering="create_at")
    def made(self, row: Outbox) -> str:
        return moment(row.create_at)

    @admin.display(description="Last error")
    def short_error(self, row: Outbox) -> str:
        return row.last_error[:120] or "–"

    @admin.action(description="Try the selected jobs again now", permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Outbox]) -> None:
        count = jobs.revive([row.pk for row in queryset])
        messages.success(request, f"{count} job{'s' if count != 1 else ''} will be tried again at once.")
