"""Finding channels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permission_ids import console_read
from accounts.permissions import Permission, require_system
from mattermost_site.api import ApiView
from mattermost_site.api.inputs import Body
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from messaging.api.channel_lists import shapes_of
from messaging.api.inputs import required_body
from messaging.models import Channel
from messaging.queries import channel_console as console
from messaging.queries import channel_search as queries
from messaging.serializers import channel_with_team_json
from teams.permissions import has_team
from teams.queries import member_of

MATCHES_LIMIT = 100


class TeamChannelSearch(ApiView):
    """Channels of a team by words: public ones, for guests their own."""

    def post(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        term = required_body(self, "channel_search").text("term")
        if has_team(self.actor, team_id, Permission.LIST_TEAM_CHANNELS):
            return shapes_of(queries.search_public(team_id, term))
        _require_member(self.actor.user_id, team_id)
        return shapes_of(queries.search_own(self.actor.user_id, team_id, term))


def _require_member(user_id: str, team_id: str) -> None:
    member = member_of(user_id, team_id)
    if member is None or member.delete_at:
        raise AppError("app.team.get_member.missing.app_error", status=404)


class ChannelCompletion(ApiView):
    """Channels of a team for a name that is being typed: public ones and the caller's private ones."""

    def get(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        me, term = self.actor.user_id, self.query.text("name")
        if has_team(self.actor, team_id, Permission.LIST_TEAM_CHANNELS):
            return shapes_of(queries.complete(me, team_id, term))
        if not has_team(self.actor, team_id, Permission.VIEW_TEAM):
            raise PermissionDenied(Permission.LIST_TEAM_CHANNELS)
        return shapes_of(queries.search_own(me, team_id, term))  # a guest


class PostSearchCompletion(ApiView):
    """The caller's channels for a name that is being typed into a search of posts; others find nothing (recorded)."""

    def get(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        return shapes_of(queries.complete_for_posts(self.actor.user_id, team_id, self.query.text("name")))


class ChannelSearch(ApiView):
    """Channels of all teams by words: for the System Console all, otherwise what the caller may see."""

    def post(self, request: HttpRequest) -> Any:
        body = required_body(self, "channel_search")
        wanted = self.wanted(body)
        system_console = self.query.text("system_console", "true")
        if system_console not in ("true", "false"):
            raise InvalidBodyParam("system_console")
        if system_console == "false":
            return _shown(queries.search_everywhere(self.actor.user_id, wanted.term))
        require_system(self.actor, console_read("user_management_channels"))
        found = console.filtered(wanted)
        if "page" not in body or "per_page" not in body:
            return _shown(list(found[:MATCHES_LIMIT]))
        per_page = min(max(body.number("per_page"), 0), MATCHES_LIMIT)
        start = max(body.number("page"), 0) * per_page
        return {"channels": _shown(list(found[start : start + per_page])), "total_count": found.count()}

    def wanted(self, body: Body) -> console.ChannelFilter:
        """What is searched; archived channels are also asked for by the query."""
        body.number("page"), body.number("per_page")  # refused when they are no numbers, whether used or not
        return console.ChannelFilter(
            term=body.text("term"),
            team_ids=body.texts("team_ids"),
            public=body.flag("public"),
            private=body.flag("private"),
            deleted=body.flag("deleted"),
            include_deleted=body.flag("include_deleted") or self.query.flag("include_deleted"),
            include_search_by_id=body.flag("include_search_by_id"),
            group_constrained=body.flag("group_constrained"),
            exclude_group_constrained=body.flag("exclude_group_constrained"),
            exclude_default_channels=body.flag("exclude_default_channels"),
            exclude_policy_constrained=body.flag("exclude_policy_constrained"),
            exclude_remote=body.flag("exclude_remote"),
            not_associated_to_group=body.text("not_associated_to_group"),
        )


def _shown(channels: list[Channel]) -> list[dict[str, Any]]:
    teams = console.teams_of(channels)
    return [channel_with_team_json(channel, teams.get(channel.team_id)) for channel in channels]
