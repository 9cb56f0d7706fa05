"""Changes of one channel: fields, privacy, archive, team, kind."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permission_ids import console_write
from accounts.permissions import Permission, has_system, require_system
from mattermost_site.actor import Actor
from mattermost_site.api import ApiView
from mattermost_site.api.inputs import Body
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from messaging.access import ChannelAccess
from messaging.actions import archive, channel_changes, group_conversion, move
from messaging.api.inputs import required_body
from messaging.permissions import (
    BANNER,
    CONVERT_TO,
    DIRECT,
    GROUP,
    PROPERTIES,
    channel_or_404,
    require_channel,
)
from messaging.serializers import channel_json
from teams.permissions import has_team, require_team
from teams.queries import team_by_id

PATCHED = frozenset({"name", "display_name", "header", "purpose", "group_constrained"})


def require_properties(actor: Actor, access: ChannelAccess, *, banner_only: bool = False) -> None:
    """PermissionDenied without the right to change the channel; only members change direct and group channels."""
    kind = access.channel.type
    if kind in PROPERTIES:
        require_channel(actor, access, BANNER[kind] if banner_only else PROPERTIES[kind])
    elif access.member is None:
        raise AppError("api.channel.patch_update_channel.forbidden.app_error", status=403)


def check_direct(access: ChannelAccess, changes: channel_changes.ChannelChanges, verb: str) -> None:
    """AppError unless only the header of a direct or group channel changes; ``verb`` stands in the error's id."""
    channel = access.channel
    if channel.type in PROPERTIES:
        return
    for key in ("name", "display_name", "purpose"):
        if getattr(changes, key) not in (None, getattr(channel, key)):
            raise AppError(f"api.channel.{verb}.update_direct_or_group_messages_not_allowed.app_error")


def _changes(body: Body) -> channel_changes.ChannelChanges:
    texts = {key: body.text(key) for key in ("name", "display_name", "header", "purpose") if key in body}
    constrained = body.flag("group_constrained") if "group_constrained" in body else None
    return channel_changes.ChannelChanges(**texts, group_constrained=constrained, banner=_banner(body))


def _banner(body: Body) -> dict[str, Any] | None:
    parts = body.object("banner_info")
    if parts is None:
        return None
    banner = Body(parts, "banner_info")
    out: dict[str, Any] = {key: banner.text(key) for key in ("text", "background_color") if key in banner}
    return out | ({"enabled": banner.flag("enabled")} if "enabled" in banner else {})


class ChannelPatch(ApiView):
    """Some fields of a channel."""

    def put(self, request: HttpRequest, channel_id: str) -> dict[str, Any]:
        body = required_body(self, "channel")
        changes = _changes(body)
        access = channel_or_404(self.actor, channel_id)
        if changes.banner is None or any(key in body for key in PATCHED):
            require_properties(self.actor, access)
        if changes.banner is not None:
            require_properties(self.actor, access, banner_only=True)
        check_direct(access, changes, "patch_update_channel")
        changed = channel_changes.patch_channel(actor=self.actor, channel=access.channel, changes=changes)
        return channel_json(changed)


class ChannelPrivacy(ApiView):
    """Whether a channel is public."""

    def put(self, request: HttpRequest, channel_id: str) -> dict[str, Any]:
        privacy = self.body("channel").text("privacy")
        if privacy not in CONVERT_TO:
            raise InvalidBodyParam("privacy")
        access = channel_or_404(self.actor, channel_id)
        require_channel(self.actor, access, CONVERT_TO[privacy])
        return channel_json(channel_changes.change_privacy(actor=self.actor, channel=access.channel, type=privacy))


class ChannelRestore(ApiView):
    """Bringing back an archived channel."""

    def post(self, request: HttpRequest, channel_id: str) -> dict[str, Any]:
        channel = channel_or_404(self.actor, channel_id).channel
        console = console_write("user_management_channels")
        if not has_team(self.actor, channel.team_id, Permission.MANAGE_TEAM) and not has_system(self.actor, console):
            raise PermissionDenied(Permission.MANAGE_TEAM)
        return channel_json(archive.restore_channel(actor=self.actor, channel=channel))


class ChannelMove(ApiView):
    """The team of a channel."""

    def post(self, request: HttpRequest, channel_id: str) -> dict[str, Any]:
        require_system(self.actor, Permission.MANAGE_SYSTEM)
        body = self.body("team_id")
        team_id = body.text("team_id")
        for name in ("team_id", "force"):
            if name not in body:
                raise InvalidBodyParam(name)
        force = body.flag("force")
        channel = channel_or_404(self.actor, channel_id).channel
        if channel.type in (DIRECT, GROUP):
            raise AppError("api.channel.move_channel.type.invalid", status=403)
        moved = move.move_channel(actor=self.actor, channel=channel, team=team_by_id(team_id), force=force)
        return channel_json(moved)


class GroupConversion(ApiView):
    """A group channel that becomes a private one."""

    def post(self, request: HttpRequest, channel_id: str) -> dict[str, Any]:
        body = required_body(self, "body")
        if body.text("channel_id") != channel_id:
            raise InvalidBodyParam("channel_id")
        wanted = group_conversion.Conversion(
            team_id=body.text("team_id"), name=body.text("name"), display_name=body.text("display_name")
        )
        require_team(self.actor, wanted.team_id, Permission.CREATE_PRIVATE_CHANNEL)
        access = channel_or_404(self.actor, channel_id)
        if self.actor.is_guest:
            raise PermissionDenied(Permission.CREATE_PRIVATE_CHANNEL)
        return channel_json(group_conversion.convert_group(actor=self.actor, access=access, wanted=wanted))
