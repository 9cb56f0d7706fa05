"""Who may do what in a channel (permissions.md §1)."""

from __future__ import annotations

from collections.abc import Collection

from accounts.permissions import Permission, grants, has_system
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError, PermissionDenied
from messaging.access import ChannelAccess, load_access

OPEN, PRIVATE, DIRECT, GROUP = "O", "P", "D", "G"

CREATE = {OPEN: Permission.CREATE_PUBLIC_CHANNEL, PRIVATE: Permission.CREATE_PRIVATE_CHANNEL}
DELETE = {OPEN: Permission.DELETE_PUBLIC_CHANNEL, PRIVATE: Permission.DELETE_PRIVATE_CHANNEL}
MEMBERS = {OPEN: Permission.MANAGE_PUBLIC_CHANNEL_MEMBERS, PRIVATE: Permission.MANAGE_PRIVATE_CHANNEL_MEMBERS}
PROPERTIES = {
    OPEN: Permission.MANAGE_PUBLIC_CHANNEL_PROPERTIES,
    PRIVATE: Permission.MANAGE_PRIVATE_CHANNEL_PROPERTIES,
}
BANNER = {OPEN: Permission.MANAGE_PUBLIC_CHANNEL_BANNER, PRIVATE: Permission.MANAGE_PRIVATE_CHANNEL_BANNER}
CONVERT_TO = {
    OPEN: Permission.CONVERT_PRIVATE_CHANNEL_TO_PUBLIC,
    PRIVATE: Permission.CONVERT_PUBLIC_CHANNEL_TO_PRIVATE,
}
"""Permissions that public and private channels have each their own of, by type."""


def allows(actor: Actor, access: ChannelAccess, permission: str) -> bool:
    """Whether the actor holds the permission here: by channel roles, as system admin, by team or system roles."""
    if grants(access.channel_roles, permission) or has_system(actor, Permission.MANAGE_SYSTEM):
        return True
    if access.channel.team_id and grants(access.team_roles, permission):
        return True
    return has_system(actor, permission)


def reads_content(actor: Actor, access: ChannelAccess) -> bool:
    """Whether the actor may read posts and files: also team members, in public channels they have not joined."""
    if allows(actor, access, Permission.READ_CHANNEL_CONTENT):
        return True
    return access.channel.type == OPEN and _team_allows(actor, access, Permission.READ_PUBLIC_CHANNEL)


def may_post(actor: Actor, access: ChannelAccess) -> bool:
    """Whether the actor may create posts here."""
    if allows(actor, access, Permission.CREATE_POST):
        return True
    return access.channel.type == OPEN and _team_allows(actor, access, Permission.CREATE_POST_PUBLIC)


def sees_channel(actor: Actor, access: ChannelAccess) -> bool:
    """Whether the channel itself may be read: public ones by the whole team."""
    if access.channel.type == OPEN and _team_allows(actor, access, Permission.READ_PUBLIC_CHANNEL):
        return True
    return allows(actor, access, Permission.READ_CHANNEL)


def finds_by_name(actor: Actor, access: ChannelAccess) -> bool:
    """Whether the actor may learn that a private channel has a name: readers, and whoever may join it unasked."""
    return allows(actor, access, Permission.READ_CHANNEL) or (
        access.channel.type == PRIVATE and allows(actor, access, Permission.MANAGE_PRIVATE_CHANNEL_MEMBERS)
    )


def may_add(actor: Actor, access: ChannelAccess, user_ids: Collection[str]) -> bool:
    """Whether the actor may put these people into a public or private channel; the team joins public ones unasked."""
    if allows(actor, access, MEMBERS[access.channel.type]):
        return True
    is_self = all(user_id == actor.user_id for user_id in user_ids)
    return access.channel.type == OPEN and is_self and _team_allows(actor, access, Permission.JOIN_PUBLIC_CHANNELS)


def _team_allows(actor: Actor, access: ChannelAccess, permission: str) -> bool:
    return grants(access.team_roles, permission) or has_system(actor, permission)


def channel_or_404(actor: Actor, channel_id: str) -> ChannelAccess:
    """The channel, whoever asks; ``app.channel.get.existing.app_error`` (404) when there is none."""
    access = load_access(actor.user_id, channel_id)
    if access is None:
        raise AppError("app.channel.get.existing.app_error", status=404)
    return access


def require_channel(actor: Actor, access: ChannelAccess, *permissions: str) -> None:
    """PermissionDenied unless the actor holds one of the permissions in the channel."""
    if not any(allows(actor, access, permission) for permission in permissions):
        raise PermissionDenied(*permissions)


def access_channel(actor: Actor, channel_id: str, *permissions: str) -> ChannelAccess:
    """The channel, when the actor holds one of the permissions there; PermissionDenied otherwise.

    A channel that does not exist is refused in the same way, so that ids cannot be probed.
    """
    access = load_access(actor.user_id, channel_id)
    if access is None or not any(allows(actor, access, permission) for permission in permissions):
        raise PermissionDenied(*permissions)
    return access


def access_content(actor: Actor, channel_id: str) -> ChannelAccess:
    """The channel, when the actor may read its posts; PermissionDenied otherwise."""
    access = load_access(actor.user_id, channel_id)
    if access is None or not reads_content(actor, access):
        raise PermissionDenied(Permission.READ_CHANNEL_CONTENT)
    return access


def access_for_posting(actor: Actor, channel_id: str) -> ChannelAccess:
    """The channel, when the actor may post there; PermissionDenied otherwise."""
    access = load_access(actor.user_id, channel_id)
    if access is None or not may_post(actor, access):
        raise PermissionDenied(Permission.CREATE_POST)
    return access
