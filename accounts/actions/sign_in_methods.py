"""How an account signs in: with a password here, or through another service."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts import validation
from accounts.actions.passwords import set_password
from accounts.actions.sessions import end_sessions
from accounts.models import User
from mattermost_site import clock
from mattermost_site.errors import AppError

EMAIL = "email"
AFTER_SWITCH = "/login?extra=signin_change"


def set_service(*, user: User, service: str, data: str) -> None:
    """Have an account sign in through a service that knows it as ``data``; its password is forgotten.

    Raises ``app.user.update_auth_data.email_exists.app_error`` when another account has that identity.
    """
    now = clock.now()
    user.auth_service, user.auth_data, user.password = service, data, ""
    user.failed_attempts, user.last_password_update, user.update_at = 0, now, now
    validation.check_user(user)
    try:
        with transaction.atomic():
            user.save(
                update_fields=[
                    "auth_service", "auth_data", "password", "failed_attempts", "last_password_update", "update_at",
                ]
            )  # fmt: skip
    except IntegrityError:
        raise AppError("app.user.update_auth_data.email_exists.app_error") from None


def switch_to_password(*, user: User, password: str) -> str:
    """Have an account sign in with a password again; all its sessions end. Answers where the client goes next."""
    with transaction.atomic():
        set_password(user=user, password=password)
        end_sessions(user_id=user.id)
    return AFTER_SWITCH
