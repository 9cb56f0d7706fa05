"""The permission layer's base: roles, system-wide checks, checks on other users (permissions.md §1)."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.errors import NoSuchBot
from accounts.models import Bot, Role, User
from accounts.permission_ids import Permission
from mattermost_site.actor import Actor
from mattermost_site.caches import Cache
from mattermost_site.errors import PermissionDenied

__all__ = [
    "Permission",
    "can_edit_user",
    "grants",
    "has_system",
    "reads_bot",
    "require_manage_bot",
    "require_profile",
    "require_system",
    "require_user",
    "require_user_or_bot",
    "role_permissions",
]

_roles: Cache[str, frozenset[str]] = Cache("roles", size=1000)
_NOTHING: frozenset[str] = frozenset()


def _load_role(name: str) -> frozenset[str]:
    role = Role.objects.filter(name=name, delete_at=0).values_list("permissions", flat=True).first()
    return frozenset((role or "").split())


def role_permissions(name: str) -> frozenset[str]:
    """The permissions of a role; a deleted or unknown one has none."""
    return _roles.get_or_load(name, _load_role)


def forget_role(name: str) -> None:
    """Have every process read the role again; call it in the transaction that changes the role."""
    _roles.invalidate(name)


def grants(roles: Iterable[str], permission: str) -> bool:
    """Whether any of the named roles holds the permission."""
    return any(permission in role_permissions(name) for name in roles)


def has_system(actor: Actor, permission: str) -> bool:
    """Whether the actor's system roles hold the permission."""
    return grants(actor.roles, permission)


def require_system(actor: Actor, *permissions: str) -> None:
    """PermissionDenied unless the actor's system roles hold one of the permissions."""
    if not any(has_system(actor, permission) for permission in permissions):
        raise PermissionDenied(*permissions)


def can_edit_user(actor: Actor, user_id: str) -> bool:
    """Whether the actor may act for a user.

    That is oneself, everybody with ``manage_system``, and who is no system admin with ``edit_other_users``.
    """
    if actor.user_id == user_id or has_system(actor, Permission.MANAGE_SYSTEM):
        return True
    if not has_system(actor, "edit_other_users"):
        return False
    roles = User.objects.filter(id=user_id).values_list("roles", flat=True).first()
    return roles is not None and not grants(roles.split(), Permission.MANAGE_SYSTEM)


def require_user(actor: Actor, user_id: str) -> None:
    """PermissionDenied unless ``can_edit_user``."""
    if not can_edit_user(actor, user_id):
        raise PermissionDenied(Permission.EDIT_OTHER_USERS)


def require_profile(actor: Actor, user_id: str) -> None:
    """PermissionDenied unless the actor may act for a user, or manage a bot, which itself may not (recorded)."""
    owner_id = _bot_owner(user_id)
    if owner_id is None:
        require_user(actor, user_id)
    elif not _manages_bot(actor, owner_id):
        raise PermissionDenied(Permission.EDIT_OTHER_USERS)


def require_user_or_bot(actor: Actor, user_id: str) -> None:
    """Like ``require_profile`` (permissions.md §1), but who may not even read the bot gets NoSuchBot."""
    owner_id = _bot_owner(user_id)
    if owner_id is None:
        require_user(actor, user_id)
    else:
        require_manage_bot(actor, owner_id)


def _bot_owner(user_id: str) -> str | None:
    """Whom a bot belongs to; None for a person."""
    return Bot.objects.filter(user_id=user_id).values_list("owner_id", flat=True).first()


def _manages_bot(actor: Actor, owner_id: str) -> bool:
    return has_system(actor, Permission.MANAGE_BOTS if owner_id == actor.user_id else Permission.MANAGE_OTHERS_BOTS)


def reads_bot(actor: Actor, owner_id: str) -> bool:
    """Whether the actor may know of a bot that belongs to ``owner_id``."""
    if has_system(actor, Permission.READ_OTHERS_BOTS):
        return True
    return owner_id == actor.user_id and has_system(actor, Permission.READ_BOTS)


def require_manage_bot(actor: Actor, owner_id: str) -> None:
    """PermissionDenied unless the actor may manage a bot of ``owner_id``, NoSuchBot for who may not even read it."""
    if _manages_bot(actor, owner_id):
        return
    if not reads_bot(actor, owner_id):
        raise NoSuchBot
    is_own = owner_id == actor.user_id
    raise PermissionDenied(Permission.MANAGE_BOTS if is_own else Permission.MANAGE_OTHERS_BOTS)


def is_system_admin(roles: str) -> bool:
    """Whether one of an account's system roles holds ``manage_system``."""
    return grants(roles.split(), Permission.MANAGE_SYSTEM)


def require_manage_account(actor: Actor, roles: str) -> None:
    """PermissionDenied unless the actor may manage an account with these roles: an admin's only as an admin."""
    require_system(actor, "sysconsole_write_user_management_users")
    if is_system_admin(roles):
        require_system(actor, Permission.MANAGE_SYSTEM)
