"""Numbers and other facts about channels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission
from mattermost_site.api import ApiView
from mattermost_site.errors import PermissionDenied
from messaging.access import load_accesses
from messaging.api.inputs import text_list
from messaging.permissions import access_channel, sees_channel
from messaging.queries import channel_members as queries
from messaging.queries.common_teams import common_teams
from teams.permissions import shown


class ChannelStats(ApiView):
    """How many members, pinned posts and files a channel has."""

    def get(self, request: HttpRequest, channel_id: str) -> dict[str, Any]:
        access_channel(self.actor, channel_id, Permission.READ_CHANNEL)
        return queries.channel_stats(channel_id, with_files=not self.query.flag("exclude_files_count"))


class MemberCounts(ApiView):
    """How many members several channels have, all of which the caller must be able to see."""

    def post(self, request: HttpRequest) -> dict[str, int]:
        channel_ids = set(text_list(self))
        accesses = load_accesses(self.actor.user_id, channel_ids)
        if len(accesses) < len(channel_ids) or not all(sees_channel(self.actor, each) for each in accesses.values()):
            raise PermissionDenied(Permission.READ_CHANNEL)
        return queries.active_counts(channel_ids)


class ChannelTimeZones(ApiView):
    """The time zones of a channel's members."""

    def get(self, request: HttpRequest, channel_id: str) -> Any:
        access_channel(self.actor, channel_id, Permission.READ_CHANNEL)
        return queries.time_zones(channel_id)


class CommonTeams(ApiView):
    """The teams that all members of a direct or group channel share."""

    def get(self, request: HttpRequest, channel_id: str) -> list[dict[str, Any]]:
        access = access_channel(self.actor, channel_id, Permission.READ_CHANNEL)
        return [shown(self.actor, team) for team in common_teams(access.channel)]
