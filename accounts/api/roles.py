"""Roles: what each may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.actions import roles as actions
from accounts.ancillary import with_ancillary
from accounts.models import Role
from accounts.permissions import Permission, require_system
from accounts.serializers import role_json
from mattermost_site.api import ApiView
from mattermost_site.errors import AppError, InvalidBodyParam, InvalidUrlParam

NAME_LIMIT = 64
NAMES_LIMIT = 100
NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def role_by_id(role_id: str) -> Role:
    """The role; ``app.role.get.app_error`` (404) when there is none."""
    role = Role.objects.filter(id=role_id).first()
    if role is None:
        raise AppError("app.role.get.app_error", status=404)
    return role


class Roles(ApiView):
    """All roles."""

    def get(self, request: HttpRequest) -> list[dict[str, Any]]:
        require_system(self.actor, Permission.MANAGE_SYSTEM)
        return [role_json(role) for role in Role.objects.filter(delete_at=0)]


class RolesByName(ApiView):
    """Several roles by name; unknown ones are left out, and none at all is null (recorded)."""

    def post(self, request: HttpRequest) -> list[dict[str, Any]] | None:
        names = self.texts("rolenames")
        if not names:
            raise InvalidBodyParam("rolenames")
        if len(names) > NAMES_LIMIT:
            raise AppError("api.roles.get_multiple_by_name_too_many.request_error")
        wanted = [name.strip() for name in names if name.strip()]
        if not all(len(name) <= NAME_LIMIT and NAME_CHARACTERS.issuperset(name) for name in wanted):
            raise InvalidBodyParam("rolename")
        return [role_json(role) for role in Role.objects.filter(name__in=wanted)] or None


class RoleByName(ApiView):
    """One role by name."""

    def get(self, request: HttpRequest, role_name: str) -> dict[str, Any]:
        if len(role_name) > NAME_LIMIT:
            raise InvalidUrlParam("role_name")
        role = Role.objects.filter(name=role_name).first()
        if role is None:
            raise AppError("app.role.get_by_name.app_error", status=404)
        return role_json(role)


class RoleDetail(ApiView):
    """One role."""

    def get(self, request: HttpRequest, role_id: str) -> dict[str, Any]:
        return role_json(role_by_id(role_id))


class RolePatch(ApiView):
    """Changes what a role may do."""

    def put(self, request: HttpRequest, role_id: str) -> dict[str, Any]:
        body = self.body("role")
        role = role_by_id(role_id)
        permissions = body.texts("permissions") if "permissions" in body else None
        return role_json(actions.patch_role(actor=self.actor, role=role, permissions=permissions))


class AncillaryPermissions(ApiView):
    """What permissions of the console bring along."""

    def post(self, request: HttpRequest) -> list[str]:
        permissions = self.texts("permissions")
        if not permissions:
            raise AppError("api.payload.parse.error")
        return with_ancillary(permissions)
