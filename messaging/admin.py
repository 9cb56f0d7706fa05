"""Channels in the System Console."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from mattermost_site.console.base import ConsoleModelAdmin, actor_of, labelled
from messaging.actions import archive
from messaging.models import Channel, ChannelMember
from teams.models import Team

KINDS = {"O": "public", "P": "private", "D": "direct", "G": "group"}


@admin.register(Channel)
class ChannelAdmin(ConsoleModelAdmin):
    """Lists, archives and restores public and private channels.

    Direct and group messages are nobody else's business.
    """

    list_display = ("display_name", "name", "team", "kind", "total_msg_count", "state", "made")
    search_fields = ("display_name", "name")
    list_filter = ("type",)
    ordering = ("display_name",)
    actions = ("archive", "restore")
    fields = ("display_name", "name", "team", "kind", "header", "purpose", "total_msg_count", "members")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Channel]:
        return Channel.objects.filter(type__in=("O", "P"))

    @admin.display(description="Team")
    def team(self, channel: Channel) -> str:
        return Team.objects.filter(id=channel.team_id).values_list("display_name", flat=True).first() or "–"

    @admin.display(description="Kind", ordering="type")
    def kind(self, channel: Channel) -> str:
        return KINDS.get(channel.type, channel.type)

    @labelled(description="State", ordering="delete_at", label={"active": "success", "archived": "warning"})
    def state(self, channel: Channel) -> str:
        return "archived" if channel.delete_at else "active"

    @admin.display(description="Members")
    def members(self, channel: Channel) -> int:
        return ChannelMember.objects.filter(channel_id=channel.id).count()

    @admin.action(description="Archive the selected channels")
    def archive(self, request: HttpRequest, queryset: QuerySet[Channel]) -> None:
        actor = actor_of(request)
        rows = queryset.filter(delete_at=0)
        self.for_each(
            request, rows, lambda row: archive.archive_channel(actor=actor, channel=row), "{} channels archived."
        )

    @admin.action(description="Restore the selected channels")
    def restore(self, request: HttpRequest, queryset: QuerySet[Channel]) -> None:
        actor = actor_of(request)
        rows = queryset.exclude(delete_at=0)
        self.for_each(
            request, rows, lambda row: archive.restore_channel(actor=actor, channel=row), "{} channels restored."
        )
