"""The channels and memberships of one user."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.permissions import Permission, require_system, require_user
from mattermost_site.api import ApiView
from mattermost_site.api.responses import etag_of, json_response, ndjson, not_modified, with_etag
from mattermost_site.errors import AppError, InvalidUrlParam
from messaging.api.channel_lists import shapes_of
from messaging.queries import channels_of_users as queries
from messaging.serializers import channel_member_json
from teams.permissions import require_team

ALL_PAGES = -1


class UserChannels(ApiView):
    """A user's channels in all teams."""

    def get(self, request: HttpRequest, user_id: str) -> list[dict[str, Any]]:
        require_user(self.actor, user_id)
        return shapes_of(queries.channels_of(user_id, **_archived(self)))


class UserTeamChannels(ApiView):
    """A user's channels in a team, direct and group ones among them."""

    def get(self, request: HttpRequest, user_id: str, team_id: str) -> HttpResponseBase:
        require_user(self.actor, user_id)
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        channels = queries.channels_of(user_id, team_id=team_id, **_archived(self))
        if not channels:
            raise AppError("app.channel.get_channels.not_found.app_error", status=404)
        etag = etag_of(*queries.newest_change(channels), 0, len(channels))
        return not_modified(request, etag) or with_etag(json_response(shapes_of(channels)), etag)


def _archived(view: ApiView) -> dict[str, Any]:
    """Which archived channels are asked for: all, or those from a time (ms) on."""
    last_delete_at = view.query.number("last_delete_at")
    if last_delete_at < 0:
        raise InvalidUrlParam("last_delete_at")
    return {"include_deleted": view.query.flag("include_deleted"), "last_delete_at": last_delete_at}


class UserTeamMemberships(ApiView):
    """A user's memberships in the channels of a team, in direct and in group channels."""

    def get(self, request: HttpRequest, user_id: str, team_id: str) -> list[dict[str, Any]]:
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        own = user_id == self.actor.user_id
        if not own:
            require_system(self.actor, Permission.MANAGE_SYSTEM)
        found = queries.memberships_of(user_id, team_id=team_id)
        return [channel_member_json(row.member, row.role_names, own=own) for row in found]


class UserMemberships(ApiView):
    """A user's memberships in all channels: a page of them, or with page −1 all, one a line."""

    def get(self, request: HttpRequest, user_id: str) -> Any:
        require_user(self.actor, user_id)
        if self.query.number("page") == ALL_PAGES:
            return ndjson([self.shown(row) for row in queries.memberships_of(user_id)])
        found = queries.memberships_page(user_id, page=self.query.page, per_page=self.query.per_page)
        return [self.shown(row) for row in found]

    def shown(self, row: queries.Membership) -> dict[str, Any]:
        """A membership as the caller sees it, with the team of its channel."""
        own = row.member.user_id == self.actor.user_id
        return channel_member_json(row.member, row.role_names, own=own) | {
            "team_display_name": row.team_display_name,
            "team_name": row.team_name,
            "team_update_at": row.team_update_at,
        }
