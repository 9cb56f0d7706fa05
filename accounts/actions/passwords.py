"""Changing and recovering passwords (semantics §5.4)."""

from __future__ import annotations

from django.db import transaction

from accounts import mails, one_time, validation
from accounts.actions.login import check_password
from accounts.actions.sessions import end_sessions
from accounts.models import Token, User
from mattermost_site import clock, config
from mattermost_site.errors import AppError

WRONG_PASSWORD = "api.user.check_user_password.invalid.app_error"  # noqa: S105 - an error's id


def confirm_password(*, user: User, password: str) -> None:
    """Have somebody who is signed in prove that it is they; the attempt counts.

    Raises ``api.user.check_user_password.invalid.app_error`` (401), or that there were too many.
    """
    check_password(user, password, error=WRONG_PASSWORD)


def change_own_password(*, user: User, current: str, new: str, session_id: str) -> None:
    """Replace one's own password.

    ``api.user.update_password.oauth.app_error`` for accounts of other services,
    ``api.user.update_password.incorrect.app_error`` when ``current`` is wrong.
    """
    if user.auth_service:
        raise AppError("api.user.update_password.oauth.app_error")
    try:
        confirm_password(user=user, password=current)
    except AppError as error:
        if error.id == WRONG_PASSWORD:
            raise AppError("api.user.update_password.incorrect.app_error") from error
        raise
    set_password(user=user, password=new, keep_session=session_id)


def set_password(*, user: User, password: str, keep_session: str = "") -> None:
    """Store a new password, which unlocks the account, and tell its owner by mail; bots get none.

    With ``TerminateSessionsOnPasswordChange`` all sessions but ``keep_session`` end.
    Raises InvalidUser when the password breaks the rules.
    """
    validation.check_password(password)
    now = clock.now()
    user.set_password(password)
    user.auth_service, user.auth_data = "", None
    user.failed_attempts, user.last_password_update, user.update_at = 0, now, now
    with transaction.atomic():
        user.save(
            update_fields=[
                "password", "auth_service", "auth_data", "failed_attempts", "last_password_update", "update_at",
            ]
        )  # fmt: skip
        if config.current().service.terminate_sessions_on_password_change:
            end_sessions(user_id=user.id, keep=keep_session)
        if not user.is_bot:
            mails.enqueue(mails.PASSWORD_CHANGED, to=user.email, locale=user.locale)


def send_reset_link(*, email: str) -> None:
    """Send a link for a new password; nothing happens for an unknown address, so that none can be probed.

    ``api.user.send_password_reset.sso.app_error`` for accounts of other services.
    """
    user = User.objects.filter(email=email.lower(), delete_at=0).first()
    if user is None:
        return
    if user.auth_service:
        raise AppError("api.user.send_password_reset.sso.app_error")
    with transaction.atomic():
        extra = {"UserId": user.id, "Email": user.email}
        secret = one_time.issue(one_time.PASSWORD_RECOVERY, extra, instead_of=user.id)
        mails.enqueue(mails.RESET_PASSWORD, to=user.email, locale=user.locale, link=mails.reset_link(secret))


def reset_password(*, secret: str, password: str) -> None:
    """Set a password by the link of a mail, once.

    Raises ``api.user.reset_password.invalid_link.app_error`` for an unknown or used link,
    ``…link_expired.app_error`` for an old one or when the address changed since.
    """
    token = one_time.find(secret, one_time.PASSWORD_RECOVERY)
    if token is None:
        raise AppError("api.user.reset_password.invalid_link.app_error")
    user = _owner(token)
    with transaction.atomic():
        set_password(user=user, password=password)
        if not one_time.use_up(token):
            raise AppError("api.user.reset_password.invalid_link.app_error")


def _owner(token: Token) -> User:
    extra = one_time.extra_of(token)
    user = User.objects.filter(id=extra.get("UserId", "")).first()
    if one_time.is_expired(token) or user is None or user.email != extra.get("Email"):
        raise AppError("api.user.reset_password.link_expired.app_error")
    if user.auth_service:
        raise AppError("api.user.send_password_reset.sso.app_error")
    return user


def unlock(*, user: User) -> None:
    """Forget the failed attempts of an account."""
    user.failed_attempts, user.update_at = 0, clock.now()
    user.save(update_fields=["failed_attempts", "update_at"])
