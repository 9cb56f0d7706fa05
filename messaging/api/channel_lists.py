"""Lists of a team's channels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.permissions import Permission, has_system, require_system
from mattermost_site.api import ApiView
from messaging.api.inputs import ids_of, text_list
from messaging.models import Channel
from messaging.queries import channels as queries
from messaging.serializers import channel_json
from teams.permissions import require_team


def shapes_of(channels: Iterable[Channel]) -> list[dict[str, Any]]:
    """Wire shapes of channels."""
    return [channel_json(channel) for channel in channels]


class PagedChannels(ApiView):
    """Base of lists that come in pages."""

    def page_of(self, channels: QuerySet[Channel]) -> list[dict[str, Any]]:
        """The page that the query asks for; none at all with ``per_page=0``."""
        start = self.query.page * self.query.per_page
        return shapes_of(channels[start : start + self.query.per_page])


class TeamChannels(PagedChannels):
    """Public channels of a team."""

    def get(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        require_team(self.actor, team_id, Permission.LIST_TEAM_CHANNELS)
        return self.page_of(queries.public_channels(team_id))


class TeamPrivateChannels(PagedChannels):
    """Private channels of a team, for system admins."""

    def get(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        require_system(self.actor, Permission.MANAGE_SYSTEM)
        return self.page_of(queries.private_channels(team_id))


class TeamArchivedChannels(PagedChannels):
    """Archived channels of a team that the caller may read; system admins see all."""

    def get(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        require_team(self.actor, team_id, Permission.LIST_TEAM_CHANNELS)
        seen_by = "" if has_system(self.actor, Permission.MANAGE_SYSTEM) else self.actor.user_id
        return self.page_of(queries.archived_channels(team_id, seen_by=seen_by))


class TeamChannelsByIds(ApiView):
    """Public channels of a team by id."""

    def post(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        channel_ids = ids_of(text_list(self), "channel_ids")
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        return shapes_of(queries.public_channels_by_ids(team_id, channel_ids))
