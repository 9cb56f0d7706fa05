"""Passwords and addresses: changing, recovering, confirming."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.actions import passwords, verification
from accounts.api.auditing import note
from accounts.models import User
from accounts.permissions import Permission, has_system, is_system_admin, require_system
from accounts.queries import user_by_id
from accounts.serializers import ADMIN, user_json
from mattermost_site.api import OK, ApiView
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from mattermost_site.ids import TOKEN_LENGTH


class UserPassword(ApiView):
    """Changes one's own password, which needs the present one, or as an administrator another's."""

    def put(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        body = self.body("props")
        current, new = body.text("current_password"), body.text("new_password")
        if self.actor.is_oauth:
            raise PermissionDenied(Permission.EDIT_OTHER_USERS)
        if user_id == self.actor.user_id:
            if not current:
                raise InvalidBodyParam("current_password")
            user = user_by_id(user_id)
            passwords.change_own_password(user=user, current=current, new=new, session_id=self.actor.session_id)
        else:
            passwords.set_password(user=self._another(user_id), password=new)
        note(self, user_id=user_id)
        return OK

    def _another(self, user_id: str) -> User:
        user = User.objects.filter(id=user_id).first()
        needed = Permission.MANAGE_SYSTEM if user and is_system_admin(user.roles) else _WRITE_USERS
        if user is None or not has_system(self.actor, needed):
            raise AppError("api.user.update_password.context.app_error", status=403)
        return user


_WRITE_USERS = "sysconsole_write_user_management_users"


class PasswordResetSend(ApiView):
    """Sends a link for a new password; always OK for an unknown address."""

    public = True

    def post(self, request: HttpRequest) -> dict[str, str]:
        email = self.body("props").text("email").strip()
        if not email:
            raise InvalidBodyParam("email")
        passwords.send_reset_link(email=email)
        return OK


class PasswordReset(ApiView):
    """Sets a password by the link of a mail."""

    public = True

    def post(self, request: HttpRequest) -> dict[str, str]:
        body = self.body("props")
        secret = body.text("token")
        if len(secret) != TOKEN_LENGTH:
            raise InvalidBodyParam("token")
        passwords.reset_password(secret=secret, password=body.text("new_password"))
        return OK


class EmailVerify(ApiView):
    """Confirms an address by the link of a mail."""

    public = True

    def post(self, request: HttpRequest) -> dict[str, str]:
        secret = self.body("props").text("token")
        if len(secret) != TOKEN_LENGTH:
            raise InvalidBodyParam("token")
        verification.verify_by_link(secret=secret)
        return OK


class EmailVerifySend(ApiView):
    """Sends the link that confirms an address once more; always OK for an unknown one."""

    public = True

    def post(self, request: HttpRequest) -> dict[str, str]:
        email = self.body("props").text("email").strip().lower()
        if not email:
            raise InvalidBodyParam("email")
        user = User.objects.filter(email=email, delete_at=0).first()
        if user and not user.email_verified:
            verification.send_verification(user=user, email=user.email)
        return OK


class EmailVerifyMember(ApiView):
    """An administrator vouches for an address."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        require_system(self.actor, Permission.MANAGE_SYSTEM)
        user = user_by_id(user_id)
        verification.mark_verified(user=user)
        return user_json(user, ADMIN)
