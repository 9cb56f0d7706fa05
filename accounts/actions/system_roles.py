"""Giving and taking system roles (semantics §5.4)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from accounts import events
from accounts.actions.sessions import renew_sessions
from accounts.models import Role, User
from accounts.permissions import Permission, grants, is_system_admin, require_system
from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError, InvalidBodyParam
from mattermost_site.realtime import control, publish

SYSTEM_ADMIN = "system_admin"
NAME_LIMIT = 64
CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def is_role_name(name: str) -> bool:
    """Whether a role could be called so."""
    return 0 < len(name) <= NAME_LIMIT and CHARACTERS.issuperset(name)


def check_role_names(roles: str) -> None:
    """InvalidBodyParam for a malformed name, and for the admin's role alone, which would lack what members may do."""
    names = roles.split()
    if names == [SYSTEM_ADMIN] or not all(map(is_role_name, names)):
        raise InvalidBodyParam("roles")


def set_system_roles(*, actor: Actor, user: User, roles: str) -> None:
    """Give a user exactly these system roles, at once in all sessions.

    PermissionDenied when the admin's role comes or goes and the actor may not assign it;
    ``app.role.check_roles_exist.role_not_found``, ``app.user.update.lastAdmin.app_error``.
    """
    names = roles.split()
    if (SYSTEM_ADMIN in names) != (SYSTEM_ADMIN in user.role_names):
        require_system(actor, Permission.ASSIGN_SYSTEM_ADMIN_ROLE)
    if set(names) - set(Role.objects.filter(name__in=names).values_list("name", flat=True)):
        raise AppError("app.role.check_roles_exist.role_not_found")
    with transaction.atomic():
        if is_system_admin(user.roles) and not is_system_admin(roles):
            _require_another_admin(user)
        store_roles(user=user, roles=" ".join(names))
        publish(events.user_role_updated(user))


def store_roles(*, user: User, roles: str) -> None:
    """Write a user's system roles and have sessions and sockets follow; call it in a transaction."""
    user.roles, user.update_at = roles, clock.now()
    user.save(update_fields=["roles", "update_at"])
    renew_sessions(user_id=user.id, roles=roles, is_guest=user.is_guest)
    is_admin = grants(user.role_names, Permission.MANAGE_SYSTEM)
    control.user_changed(user_id=user.id, is_admin=is_admin, is_guest=user.is_guest)


def _require_another_admin(user: User) -> None:
    """With the admins' rows locked, so that two do not demote each other at once."""
    admins = User.objects.select_for_update().filter(Q(roles__contains=SYSTEM_ADMIN), delete_at=0)
    if not any(SYSTEM_ADMIN in admin.role_names for admin in admins.exclude(id=user.id)):
        raise AppError("app.user.update.lastAdmin.app_error")
