"""The collection of channels, and one channel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permission_ids import console_read
from accounts.permissions import Permission, has_system, require_system
from accounts.queries import user_by_id
from mattermost_site import config
from mattermost_site.api import ApiView, created
from mattermost_site.api.inputs import Body, Query
from mattermost_site.api.responses import OK
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from messaging.access import ChannelAccess
from messaging.actions import archive, channel_changes, channel_removal
from messaging.actions import channels as actions
from messaging.api.channel_changes import check_direct, require_properties
from messaging.api.inputs import required_body
from messaging.permissions import (
    CREATE,
    DELETE,
    DIRECT,
    GROUP,
    OPEN,
    channel_or_404,
    finds_by_name,
    require_channel,
    sees_channel,
)
from messaging.queries import channel_console
from messaging.queries import channels as queries
from messaging.serializers import channel_json, channel_with_team_json
from messaging.validation import InvalidChannel
from teams.permissions import require_team
from teams.queries import team_by_name


class Channels(ApiView):
    """The collection of channels."""

    def get(self, request: HttpRequest) -> Any:
        require_system(self.actor, console_read("user_management_channels"))
        query = self.query
        found = channel_console.filtered(_narrowing(query))
        start = query.page * query.per_page
        channels = list(found[start : start + query.per_page])
        teams = channel_console.teams_of(channels)
        shapes = [channel_with_team_json(channel, teams.get(channel.team_id)) for channel in channels]
        if query.flag("include_total_count"):
            return {"channels": shapes, "total_count": found.count()}
        return shapes

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = _new_channel(self.body("channel"))
        for name in ("team_id", "display_name"):
            if not getattr(wanted, name):
                raise InvalidBodyParam(name)
        if wanted.type in (DIRECT, GROUP):
            raise AppError("api.channel.create_channel.direct_channel.app_error")
        if wanted.type not in CREATE:
            raise InvalidChannel("type")
        require_team(self.actor, wanted.team_id, CREATE[wanted.type])
        creator = user_by_id(self.actor.user_id)
        return created(channel_json(actions.create_channel(actor=self.actor, creator=creator, wanted=wanted)))


def _narrowing(query: Query) -> channel_console.ChannelFilter:
    return channel_console.ChannelFilter(
        include_deleted=query.flag("include_deleted"),
        exclude_default_channels=query.flag("exclude_default_channels"),
        exclude_policy_constrained=query.flag("exclude_policy_constrained"),
        not_associated_to_group=query.text("not_associated_to_group"),
    )


def _new_channel(body: Body) -> actions.NewChannel:
    return actions.NewChannel(
        team_id=body.text("team_id"),
        name=body.text("name"),
        display_name=body.text("display_name"),
        type=body.text("type"),
        header=body.text("header"),
        purpose=body.text("purpose"),
        group_constrained=body.flag("group_constrained") if "group_constrained" in body else None,
        create_at=max(body.number("create_at"), 0),
        last_post_at=max(body.number("last_post_at"), 0),
        last_root_post_at=max(body.number("last_root_post_at"), 0),
        total_msg_count=max(body.number("total_msg_count"), 0),
        total_msg_count_root=max(body.number("total_msg_count_root"), 0),
        id=body.text("id"),
        delete_at=body.number("delete_at"),
    )


class ChannelDetail(ApiView):
    """One channel."""

    def get(self, request: HttpRequest, channel_id: str) -> dict[str, Any]:
        access = channel_or_404(self.actor, channel_id)
        if not sees_channel(self.actor, access):
            raise PermissionDenied(Permission.READ_CHANNEL)
        return channel_json(access.channel)

    def put(self, request: HttpRequest, channel_id: str) -> dict[str, Any]:
        body = required_body(self, "channel")
        if body.text("id") != channel_id:
            raise InvalidBodyParam("channel_id")
        changes = _replacement(body)
        access = channel_or_404(self.actor, channel_id)
        require_properties(self.actor, access)
        if access.channel.delete_at:
            raise AppError("api.channel.update_channel.deleted.app_error")
        if body.text("type") not in ("", access.channel.type):
            raise AppError("api.channel.update_channel.typechange.app_error")
        check_direct(access, changes, "update_channel")
        changed = channel_changes.update_channel(actor=self.actor, channel=access.channel, changes=changes)
        return channel_json(changed)

    def delete(self, request: HttpRequest, channel_id: str) -> dict[str, str]:
        access = channel_or_404(self.actor, channel_id)
        if access.channel.type in (DIRECT, GROUP):
            raise AppError("api.channel.delete_channel.type.invalid")
        if self.query.flag("permanent"):
            return self.delete_for_good(access)
        require_channel(self.actor, access, DELETE[access.channel.type])
        archive.archive_channel(actor=self.actor, channel=access.channel)
        return OK

    def delete_for_good(self, access: ChannelAccess) -> dict[str, str]:
        """Only system admins may, and only where the configuration allows it."""
        if not has_system(self.actor, Permission.MANAGE_SYSTEM):
            raise PermissionDenied(Permission.MANAGE_SYSTEM)
        if not config.current().service.enable_api_channel_deletion:
            raise AppError("api.user.delete_channel.not_enabled.app_error", status=401)
        channel_removal.delete_channel_for_good(channel=access.channel)
        return OK


def _replacement(body: Body) -> channel_changes.ChannelChanges:
    """The fields of a whole channel; names that are left out stay, other texts become empty."""
    return channel_changes.ChannelChanges(
        name=body.text("name") or None,
        display_name=body.text("display_name") or None,
        header=body.text("header"),
        purpose=body.text("purpose"),
        group_constrained=body.flag("group_constrained") if "group_constrained" in body else None,
    )


class ChannelByName(ApiView):
    """One channel by its name in a team."""

    def get(self, request: HttpRequest, team_id: str, channel_name: str) -> dict[str, Any]:
        return self.found(team_id, channel_name)

    def found(self, team_id: str, channel_name: str) -> dict[str, Any]:
        """The channel; a private one that the caller may not read does not exist."""
        include_deleted = self.query.flag("include_deleted")
        access = queries.access_by_name(self.actor.user_id, team_id, channel_name, include_deleted=include_deleted)
        if access.channel.type != OPEN and not finds_by_name(self.actor, access):
            raise queries.NoSuchName
        if access.channel.type == OPEN and not sees_channel(self.actor, access):
            raise PermissionDenied(Permission.READ_CHANNEL)
        return channel_json(access.channel)


class ChannelByTeamName(ChannelByName):
    """One channel by its name and that of its team."""

    def get(self, request: HttpRequest, team_name: str, channel_name: str) -> dict[str, Any]:
        return self.found(team_by_name(team_name).id, channel_name)
