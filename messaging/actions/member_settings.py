"""Roles and notification settings of members (permissions.md §1, semantics §10.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson
from django.db import transaction

from accounts.models import Role
from mattermost_site import clock
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging import events
from messaging.access import ChannelAccess
from messaging.mentions import wishes
from messaging.models import ChannelMember
from messaging.queries.channel_members import member_or_404

NOTIFY_PROPS = frozenset(
    {
        "channel_auto_follow_threads", "desktop", "desktop_notification_sound", "desktop_sound", "desktop_threads",
        "email", "ignore_channel_mentions", "mark_unread", "push", "push_threads",
    }
)  # fmt: skip
NOTIFY_PROPS_LIMIT = 800_000  # code points of JSON
ROLES_LIMIT = 256


class RolesRefused(AppError):
    """Roles that a member of a channel cannot have: ``api.channel.update_channel_member_roles.<reason>.app_error``."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"api.channel.update_channel_member_roles.{reason}.app_error")


def set_roles(*, access: ChannelAccess, user_id: str, roles: Sequence[str]) -> ChannelMember:
    """Give a member exactly these roles; those of the channel's scheme become flags.

    Raises ``app.channel.get_member.missing.app_error`` (404), ``app.role.get_by_name.app_error``
    for an unknown role, and RolesRefused.
    """
    member = member_or_404(access.channel.id, user_id)
    managed = dict(Role.objects.filter(name__in=roles, delete_at=0).values_list("name", "scheme_managed"))
    flags = {name: name in roles for name in access.channel_role_names}
    explicit = []
    for name in roles:
        if name not in managed:
            raise AppError("app.role.get_by_name.app_error")
        if not managed[name]:
            explicit.append(name)
        elif name not in flags:
            raise RolesRefused("scheme_role")
    is_guest, is_user, is_admin = flags.values()
    if is_guest and is_user:
        raise RolesRefused("guest_and_user")
    if is_guest != member.scheme_guest:
        raise RolesRefused("changing_guest_role")
    member.roles = " ".join(explicit)
    if len(member.roles) > ROLES_LIMIT:
        raise AppError("model.channel_member.is_valid.roles_limit.app_error")
    member.scheme_user, member.scheme_admin = is_user, is_admin
    return _store(member, access.channel_role_names, "roles", "scheme_user", "scheme_admin")


def set_scheme_roles(
    *, access: ChannelAccess, user_id: str, is_guest: bool, is_user: bool, is_admin: bool
) -> ChannelMember:
    """Set which roles of the channel's scheme a member has; RolesRefused for guests, and for one who is no user."""
    member = member_or_404(access.channel.id, user_id)
    if member.scheme_guest or is_guest:
        raise RolesRefused("user_and_guest")
    if not is_user:
        raise RolesRefused("unset_user_scheme")
    member.scheme_user, member.scheme_admin = is_user, is_admin
    return _store(member, access.channel_role_names, "scheme_user", "scheme_admin")


def set_notify_props(*, member: ChannelMember, role_names: tuple[str, ...], props: Mapping[str, str]) -> None:
    """Merge notification settings into those of a member; unknown keys are passed over, values are not checked.

    ``model.channel_member.is_valid.notify_props.app_error`` when they become too long.
    """
    member.notify_props |= {key: value for key, value in props.items() if key in NOTIFY_PROPS}
    if len(orjson.dumps(member.notify_props).decode()) > NOTIFY_PROPS_LIMIT:
        raise AppError("model.channel_member.is_valid.notify_props.app_error")
    _store(member, role_names, "notify_props")


def _store(member: ChannelMember, role_names: tuple[str, ...], *fields: str) -> ChannelMember:
    member.last_update_at = clock.now()
    with transaction.atomic():
        member.save(update_fields=["last_update_at", *fields])
        if "notify_props" in fields:
            wishes.forget_channel(member.channel_id)
        publish(events.channel_member_updated(member, role_names))
    return member
