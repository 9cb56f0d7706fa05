"""Changing what an account tells of its person (semantics §5.4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts import events, mails, sessions, validation
from accounts.actions import pictures
from accounts.actions.auto_responder import follow_auto_responder
from accounts.actions.users import check_free
from accounts.actions.verification import send_verification
from accounts.models import Bot, User
from mattermost_site import clock, config
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging.mentions import wishes

TEXTS = ("nickname", "first_name", "last_name")
SAVED = (
    "username", "email", "email_verified", "nickname", "first_name", "last_name", "position", "props", "notify_props",
    "locale", "timezone", "remote_id", "update_at",
)  # fmt: skip
LDAP_LIKE = ("ldap", "saml")


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """New values; None leaves the old one. A whole profile that names no ``remote_id`` takes it away (recorded)."""

    username: str | None = None
    email: str | None = None
    nickname: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    position: str | None = None
    locale: str | None = None
    props: dict[str, str] | None = None
    notify_props: dict[str, str] | None = None
    timezone: dict[str, str] | None = None
    names_remote: bool | None = None

    def changes_email(self, user: User) -> bool:
        """Whether the address becomes another one."""
        return self.email is not None and self.email.strip().lower() != user.email


def update_profile(*, user: User, change: ProfileChange, announce: bool = True) -> User:
    """Change an account and, with ``announce``, tell everybody and ask for proof of a new address.

    A new address counts as unconfirmed; with ``RequireEmailVerification`` the old one
    stays until the link that is sent to the new one is used. Raises InvalidUser, and
    AppErrors for names and addresses that are taken or of other domains.
    """
    before = User(username=user.username, email=user.email, locale=user.locale, notify_props=user.notify_props)
    new_email = _apply(user, change)
    validation.check_user(user)
    if user.email != before.email:
        _check_domain(user)
    check_free(user)
    try:
        with transaction.atomic():
            if announce:
                _keep_unconfirmed(user, before, new_email)
            _follow_name(user, before)
            user.save(update_fields=SAVED)
            wishes.forget_user(user.id)
            if user.locale != before.locale:
                sessions.forget_user(user.id)
            if announce:
                publish(*events.user_updated(user, Bot.objects.filter(user_id=user.id).first()))
            if change.notify_props is not None:
                follow_auto_responder(user_id=user.id, before=before.notify_props, after=user.notify_props)
    except IntegrityError:
        check_free(user)
        raise
    return user


def _apply(user: User, change: ProfileChange) -> str:
    """Put the new values into the account, unsaved; answers the new address, ``""`` when it stays."""
    new_email = (change.email or "").strip().lower() if change.changes_email(user) else ""
    if change.changes_email(user):
        user.email = new_email
    if change.username is not None:
        user.username = change.username.strip().lower()
    for name in TEXTS:
        value: str | None = getattr(change, name)
        if value is not None:
            setattr(user, name, validation.clean_text(value))
    for name in ("position", "locale", "props", "timezone"):
        if getattr(change, name) is not None:
            setattr(user, name, getattr(change, name))
    if change.notify_props is not None:
        user.notify_props = validation.clean_notify_props(change.notify_props)
    if change.names_remote is not None:
        user.remote_id = (user.remote_id or "") if change.names_remote else None
    user.update_at = clock.now()
    return new_email


def _check_domain(user: User) -> None:
    settings = config.current()
    allowed = settings.guest_accounts if user.is_guest else settings.team
    validation.check_domain(
        user.email, allowed.restrict_creation_to_domains, "api.user.update_user.accepted_domain.app_error"
    )


def _keep_unconfirmed(user: User, before: User, new_email: str) -> None:
    """Decide what becomes of a new address."""
    if user.auth_service:
        user.email_verified = True  # the service that signs the person in vouches for it
    elif new_email and config.current().email.require_email_verification:
        user.email = before.email
        send_verification(user=user, email=new_email)
    elif new_email:
        user.email_verified = False
        mails.enqueue(mails.EMAIL_CHANGED, to=before.email, locale=user.locale, new_email=new_email)


def _follow_name(user: User, before: User) -> None:
    """What hangs on the user name: keywords that were the old one, and the generated picture with its first letter."""
    if user.username == before.username:
        return
    user.notify_props = validation.without_name(user.notify_props, before.username)
    if user.last_picture_update <= 0:
        pictures.mark_generated(user=user)


def check_provider_attributes(*, user: User, change: ProfileChange) -> None:
    """``api.user.patch_user.login_provider_attribute_set.app_error`` (409) for a value that a sign-in service keeps."""
    for name in _provided(user):
        value: str | None = getattr(change, name)
        if value is not None and value != getattr(user, name):
            raise AppError(
                "api.user.patch_user.login_provider_attribute_set.app_error", status=409, params={"Field": name}
            )


def _provided(user: User) -> list[str]:
    """The fields that an account's sign-in service fills."""
    if user.auth_service not in LDAP_LIKE:
        return ["username", "email", "first_name", "last_name"] if user.auth_service else []
    settings = config.current()
    attributes = settings.ldap if user.auth_service == "ldap" else settings.saml
    optional = ("first_name", "last_name", "nickname", "position")
    return ["username", "email", *(name for name in optional if getattr(attributes, f"{name}_attribute"))]
