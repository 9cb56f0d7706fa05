"""Changing what roles may do (permissions.md §2)."""

from __future__ import annotations

from django.db import transaction

from accounts import events
from accounts.ancillary import with_ancillary
from accounts.models import Role
from accounts.permission_ids import ALL_PERMISSIONS, Permission
from accounts.permissions import forget_role, require_system
from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish

BUILT_IN_MEMBER_ROLES = frozenset(
    {
        "system_user", "system_guest", "team_user", "team_guest", "team_admin", "channel_user", "channel_guest",
        "channel_admin",
    }
)  # fmt: skip
CONSOLE_ROLES = frozenset({"system_user_manager", "system_read_only_admin", "system_manager"})
NEVER_PATCHED = frozenset(
    {
        "sysconsole_write_user_management_system_roles",
        "sysconsole_read_user_management_system_roles",
        "manage_roles",
        "manage_system",
    }
)
"""Whoever could give these away would be an administrator soon."""


def patch_role(*, actor: Actor, role: Role, permissions: list[str] | None) -> Role:
    """Replace a role's permissions; None leaves them.

    PermissionDenied without the right to change roles of this kind;
    ``api.roles.patch_roles.not_allowed_permission.error`` (501) for permissions that
    are not given or taken this way, ``app.role.save.invalid_role.app_error`` for
    unknown ones.
    """
    _require(actor, role)
    if permissions is None:
        return role
    old = role.permissions.split()
    if (set(old) ^ set(permissions)) & NEVER_PATCHED:
        raise AppError("api.roles.patch_roles.not_allowed_permission.error", status=501)
    if not set(permissions) <= ALL_PERMISSIONS:
        raise AppError("app.role.save.invalid_role.app_error")
    new = with_ancillary(permissions) if role.name in CONSOLE_ROLES else list(dict.fromkeys(permissions))
    if set(new) == set(old):
        return role
    role.permissions, role.update_at = "".join(f" {permission}" for permission in new), clock.now()
    with transaction.atomic():
        role.save(update_fields=["permissions", "update_at"])
        forget_role(role.name)
        publish(events.role_updated(role))
    return role


def _require(actor: Actor, role: Role) -> None:
    if role.name == "system_admin":
        require_system(actor, Permission.MANAGE_SYSTEM)
    elif role.name in BUILT_IN_MEMBER_ROLES:
        require_system(actor, "sysconsole_write_user_management_permissions")
    else:
        require_system(actor, "sysconsole_write_user_management_system_roles")
