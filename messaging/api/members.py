"""Members of a channel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Permission
from accounts.queries import user_by_id
from mattermost_site.api import ApiView, created
from mattermost_site.api.inputs import Body
from mattermost_site.api.responses import OK
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from mattermost_site.ids import is_id
from messaging.access import ChannelAccess
from messaging.actions import members as actions
from messaging.api.inputs import ids_of, required_body, text_list
from messaging.models import ChannelMember
from messaging.permissions import DIRECT, GROUP, MEMBERS, access_channel, channel_or_404, may_add, require_channel
from messaging.queries import channel_members as queries
from messaging.serializers import channel_member_json
from teams.actions.guests import leave_without_channels

ADDED_AT_ONCE = 1000


class Members(ApiView):
    """The collection of a channel's members."""

    def get(self, request: HttpRequest, channel_id: str) -> list[dict[str, Any]]:
        access = access_channel(self.actor, channel_id, Permission.READ_CHANNEL)
        # Here, unlike in other lists, no rows a page means as many as there may be (recorded).
        per_page = self.query.per_page or queries.PAGE_LIMIT
        members = queries.members_of(channel_id, page=self.query.page, per_page=per_page)
        return [self.shown(access, member) for member in members]

    def post(self, request: HttpRequest, channel_id: str) -> HttpResponse:
        body = required_body(self, "user_id")
        user_ids, root_id = _wanted(body), body.text("post_root_id")
        if root_id and not is_id(root_id):
            raise InvalidBodyParam("post_root_id")
        access = self.open_for(channel_id, user_ids)
        if root_id and queries.channel_of_post(root_id) != channel_id:
            raise InvalidBodyParam("post_root_id")
        if not user_ids:
            return created(None)  # recorded: null, not an empty list
        members = actions.add_members(actor=self.actor, channel=access.channel, user_ids=user_ids, root_id=root_id)
        shapes = [self.shown(access, member) for member in members]
        return created(shapes if "user_ids" in body else shapes[0])

    def open_for(self, channel_id: str, user_ids: list[str]) -> ChannelAccess:
        """The channel, if the caller may put these people into it."""
        access = channel_or_404(self.actor, channel_id)
        if access.channel.type in (DIRECT, GROUP):
            raise AppError("api.channel.add_user_to_channel.type.app_error")
        if not may_add(self.actor, access, user_ids):
            raise PermissionDenied(MEMBERS[access.channel.type])
        return access

    def shown(self, access: ChannelAccess, member: ChannelMember) -> dict[str, Any]:
        """A membership as the caller sees it."""
        return channel_member_json(member, access.channel_role_names, own=member.user_id == self.actor.user_id)


def _wanted(body: Body) -> list[str]:
    """The people to add: of ``user_ids``, or the one in ``user_id``."""
    if "user_ids" in body:
        user_ids = ids_of(body.values["user_ids"], "user_ids", allow_empty=True)
        if len(user_ids) > ADDED_AT_ONCE:
            raise InvalidBodyParam("user_ids")
        return user_ids
    return [body.id("user_id")]


class MembersByIds(Members):
    """Members of a channel by the ids of users."""

    def post(self, request: HttpRequest, channel_id: str) -> Any:
        user_ids = text_list(self)
        if not user_ids:
            raise InvalidBodyParam("user_ids")
        access = access_channel(self.actor, channel_id, Permission.READ_CHANNEL)
        return [self.shown(access, member) for member in queries.members_by_ids(channel_id, user_ids)]


class MemberDetail(ApiView):
    """One member of a channel."""

    def get(self, request: HttpRequest, channel_id: str, user_id: str) -> dict[str, Any]:
        access = access_channel(self.actor, channel_id, Permission.READ_CHANNEL)
        member = queries.member_or_404(channel_id, user_id)
        return channel_member_json(member, access.channel_role_names, own=user_id == self.actor.user_id)

    def delete(self, request: HttpRequest, channel_id: str, user_id: str) -> dict[str, str]:
        access = channel_or_404(self.actor, channel_id)
        if access.channel.type in (DIRECT, GROUP):
            raise AppError("api.channel.remove_channel_member.type.app_error")
        if user_id != self.actor.user_id:
            require_channel(self.actor, access, MEMBERS[access.channel.type])
        user = user_by_id(user_id)
        actions.remove_member(actor=self.actor, channel=access.channel, user=user)
        leave_without_channels(team_id=access.channel.team_id, user=user, removed=user.id != self.actor.user_id)
        return OK
