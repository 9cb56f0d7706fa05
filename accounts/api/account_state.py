"""What administrators decide about an account: whether it is open, its roles, its way of signing in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.actions import activation, guests, sign_in_methods, system_roles
from accounts.actions.passwords import unlock
from accounts.api.auditing import note
from accounts.models import User
from accounts.permissions import Permission, has_system, is_system_admin, require_manage_account, require_system
from accounts.queries import user_by_id
from mattermost_site.api import OK, ApiView
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied

WRITE_USERS = "sysconsole_write_user_management_users"


class UserActive(ApiView):
    """Deactivates and activates."""

    def put(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        body = self.body("props")
        if "active" not in body:
            raise InvalidBodyParam("active")
        is_active = body.flag("active")
        if user_id == self.actor.user_id and not is_active:
            activation.require_own_deactivation()
        elif not has_system(self.actor, WRITE_USERS):
            raise AppError("api.user.update_active.permissions.app_error", status=403)
        user = user_by_id(user_id)
        if is_system_admin(user.roles):
            require_system(self.actor, Permission.MANAGE_SYSTEM)
        if is_active:
            activation.activate(user=user)
        else:
            activation.deactivate(user=user, by_user_id=self.actor.user_id)
        activation.tell_activation()
        note(self, f"active={is_active}", user_id=user_id)
        return OK


class UserRoles(ApiView):
    """Sets the system roles."""

    def put(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        body = self.body("roles")
        if "roles" not in body:
            raise InvalidBodyParam("roles")
        # A value that is no text counts as none (recorded).
        roles = body.values["roles"] if isinstance(body.values["roles"], str) else ""
        system_roles.check_role_names(roles)
        require_system(self.actor, Permission.MANAGE_ROLES)
        user = User.objects.filter(id=user_id).first()
        if user is None:
            raise AppError("app.user.missing_account.const")  # not 404: recorded
        system_roles.set_system_roles(actor=self.actor, user=user, roles=roles)
        note(self, f"roles={roles}", user_id=user_id)
        return OK


class UserPromote(ApiView):
    """Makes a guest a member."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_system(self.actor, Permission.PROMOTE_GUEST)
        guests.promote(actor=self.actor, user=user_by_id(user_id))
        return OK


class UserDemote(ApiView):
    """Makes a member a guest."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_system(self.actor, Permission.DEMOTE_TO_GUEST)
        user = user_by_id(user_id)
        if is_system_admin(user.roles):
            require_system(self.actor, Permission.MANAGE_SYSTEM)
        guests.demote(user=user)
        return OK


class ResetFailedAttempts(ApiView):
    """Unlocks an account that saw too many wrong passwords."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        if not has_system(self.actor, WRITE_USERS):
            raise AppError("api.user.reset_password_failed_attempts.permissions.app_error", status=403)
        user = user_by_id(user_id)
        require_manage_account(self.actor, user.roles)
        unlock(user=user)
        return OK


class UserAuth(ApiView):
    """Has an account sign in through another service."""

    def put(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        body = self.body("user")
        service, data = body.text("auth_service"), body.text("auth_data")
        if not has_system(self.actor, Permission.MANAGE_SYSTEM):
            raise PermissionDenied(Permission.EDIT_OTHER_USERS)
        if not (service and data):
            raise AppError("api.user.update_user_auth.invalid_request")
        sign_in_methods.set_service(user=user_by_id(user_id), service=service, data=data)
        note(self, f"service={service}", user_id=user_id)
        return {"auth_data": data, "auth_service": service}
