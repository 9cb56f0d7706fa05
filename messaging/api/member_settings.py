"""Roles and notification settings of one member."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission, require_user
from mattermost_site.api import ApiView
from mattermost_site.api.inputs import Body
from mattermost_site.api.responses import OK
from mattermost_site.errors import AppError, InvalidBodyParam
from messaging.access import load_access
from messaging.actions import member_settings as actions
from messaging.permissions import access_channel
from messaging.validation import are_role_names


class MemberRoles(ApiView):
    """The roles of a member, by name."""

    def put(self, request: HttpRequest, channel_id: str, user_id: str) -> dict[str, str]:
        roles = self.body("roles").text("roles").split()
        if not are_role_names(roles):
            raise InvalidBodyParam("roles")
        access = access_channel(self.actor, channel_id, Permission.MANAGE_CHANNEL_ROLES)
        actions.set_roles(access=access, user_id=user_id, roles=list(dict.fromkeys(roles)))
        return OK


class MemberSchemeRoles(ApiView):
    """The roles of a member that come from the channel's scheme."""

    def put(self, request: HttpRequest, channel_id: str, user_id: str) -> dict[str, str]:
        body = self.body("scheme_roles")
        is_guest, is_user, is_admin = (body.flag(f"scheme_{name}") for name in ("guest", "user", "admin"))
        access = access_channel(self.actor, channel_id, Permission.MANAGE_CHANNEL_ROLES)
        actions.set_scheme_roles(access=access, user_id=user_id, is_guest=is_guest, is_user=is_user, is_admin=is_admin)
        return OK


class MemberNotifyProps(ApiView):
    """What a member is notified of."""

    def put(self, request: HttpRequest, channel_id: str, user_id: str) -> dict[str, str]:
        # Clients may send no body at all: nothing changes then, and everybody is told as usual.
        body: Any = self.json("notify_props") if request.body else None
        props = {key: value for key, value in Body(body, "notify_props").values.items() if value is not None}
        if not all(isinstance(value, str) for value in props.values()):
            raise InvalidBodyParam("notify_props")
        require_user(self.actor, user_id)
        access = load_access(user_id, channel_id)
        if access is None or access.member is None:
            raise AppError("app.channel.get_member.missing.app_error", status=404)
        actions.set_notify_props(member=access.member, role_names=access.channel_role_names, props=props)
        return OK
