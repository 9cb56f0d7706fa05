"""Signing in and out (semantics §4 and §5.1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from accounts import hashers, sessions
from accounts.actions import second_factor
from accounts.actions.sessions import end_device_sessions, end_session, end_surplus
from accounts.models import Bot, Session, User
from accounts.user_agents import Client
from mattermost_site import clock, config
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id

MAX_SESSIONS = 500


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that was just made, with the only copy of its token."""

    user: User
    session: Session
    token: str


def check_credentials(*, login_id: str, password: str, user_id: str = "", code: str = "") -> User:
    """The user that these credentials belong to, as it was before; AppError 400 or 401 by the table of semantics §5.1.

    ``code`` is that of the second factor. A missing code does not count as a failed
    attempt, for clients sign in without one to learn whether it is needed.
    """
    if not password:
        raise AppError("api.user.login.blank_pwd.app_error")
    user = _find(login_id, user_id)
    if user is None:
        raise _invalid_credentials()
    if Bot.objects.filter(user_id=user.id).exists():
        raise AppError("api.user.login.bot_login_forbidden.app_error", status=401)
    if user.delete_at:
        raise AppError("api.user.login.inactive.app_error", status=401)
    if user.is_guest and not config.current().guest_accounts.enable:
        raise _invalid_credentials()
    if user.auth_service:
        raise _invalid_credentials()
    _attempt(user)
    _compare(user, password, _invalid_credentials())
    _check_code(user, code)
    _succeeded(user)
    if not user.email_verified and config.current().email.require_email_verification:
        raise AppError("api.user.login.not_verified.app_error", status=401)
    return user


def check_password(user: User, password: str, *, error: str) -> None:
    """Count the attempt; AppError ``error`` (401) when it fails, another one when too many failed before it."""
    if user.auth_service:
        raise AppError(error, status=401)
    _attempt(user)
    _compare(user, password, AppError(error, status=401))
    _succeeded(user)
    user.failed_attempts = 0


def _attempt(user: User) -> None:
    """Count an attempt before it is made, so that parallel guesses cannot outrun the limit."""
    limit = config.current().service.maximum_login_attempts
    rows = User.objects.filter(id=user.id, failed_attempts__lt=limit)
    if not rows.update(failed_attempts=F("failed_attempts") + 1):
        raise AppError("api.user.check_user_login_attempts.too_many.app_error", status=401)


def _compare(user: User, password: str, error: AppError) -> None:
    if not user.check_password(password):
        raise error
    if hashers.needs_rehash(user.password):
        stored = user.password
        user.set_password(password)
        # Only over the hash that was just compared: the password may have been changed meanwhile.
        User.objects.filter(id=user.id, password=stored).update(password=user.password)


def _check_code(user: User, code: str) -> None:
    if not user.mfa_active or not config.current().service.enable_multifactor_authentication:
        return
    if not code:
        User.objects.filter(id=user.id, failed_attempts__gt=0).update(failed_attempts=F("failed_attempts") - 1)
        raise AppError("mfa.validate_token.authenticate.app_error", status=401)
    if not second_factor.use_code(user_id=user.id, code=code):
        raise AppError("api.user.check_user_mfa.bad_code.app_error", status=401)


def _succeeded(user: User) -> None:
    """Forget the failed attempts. The object keeps their number: sign-in answers what it was (recorded)."""
    User.objects.filter(id=user.id).update(failed_attempts=0)


def _find(login_id: str, user_id: str) -> User | None:
    if user_id:
        return User.objects.filter(id=user_id).first()
    settings, name = config.current().email, login_id.lower()
    if not name:
        return None
    if settings.enable_sign_in_with_username and (user := User.objects.filter(username=name).first()):
        return user
    if settings.enable_sign_in_with_email:
        return User.objects.filter(email=name).first()
    return None


def _invalid_credentials() -> AppError:
    settings = config.current().email
    names = []
    if settings.enable_sign_in_with_email:
        names.append("email")
    if settings.enable_sign_in_with_username:
        names.append("username")
    return AppError(f"api.user.login.invalid_credentials_{'_'.join(names) or 'sso'}", status=401)


def start_session(*, user: User, client: Client, device_id: str = "") -> NewSession:
    """Make a session for a user whose credentials were checked; the oldest go when there are too many."""
    now, token = clock.now(), new_id()
    props = {
        "platform": client.platform,
        "os": client.os,
        "browser": client.browser,
        "csrf": new_id(),
        "isMobile": str(client.is_mobile).lower(),
        "isSaml": "false",
        "isOAuthUser": "false",
        "is_guest": str(user.is_guest).lower(),
    }
    session = Session(
        id=new_id(),
        token=sessions.digest(token),
        create_at=now,
        expires_at=now + sessions.session_length(device_id),
        last_activity_at=now,
        user_id=user.id,
        device_id=device_id,
        roles=user.roles,
        props=props,
    )
    with transaction.atomic():
        if device_id:
            end_device_sessions(user_id=user.id, device_id=device_id)
        end_surplus(user_id=user.id, limit=MAX_SESSIONS - 1)
        session.save(force_insert=True)
        User.objects.filter(id=user.id).update(last_login=now)
    return NewSession(user, session, token)


def log_out(*, session_id: str) -> None:
    """End a session; one that is already over is no error."""
    end_session(session_id=session_id)
