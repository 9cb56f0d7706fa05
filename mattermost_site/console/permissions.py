"""Who may see and change the system."""

from __future__ import annotations

from collections.abc import Callable

from accounts.permission_ids import CONSOLE_SECTIONS, Permission, console_read, console_write
from accounts.permissions import has_system, require_system
from mattermost_site.actor import Actor

__all__ = ["Permission", "may", "require_any_read", "require_any_write", "require_system"]


def may(actor: Actor) -> Callable[[str], bool]:
    """The question whether the actor holds a permission, as the configuration asks it."""
    return lambda permission: has_system(actor, permission)


def require_any_read(actor: Actor) -> None:
    """PermissionDenied unless some section of the console may be seen."""
    require_system(actor, Permission.MANAGE_SYSTEM, *map(console_read, CONSOLE_SECTIONS))


def require_any_write(actor: Actor) -> None:
    """PermissionDenied unless some section of the console may be changed."""
    require_system(actor, Permission.MANAGE_SYSTEM, *map(console_write, CONSOLE_SECTIONS))
