"""Making accounts (semantics §5.2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from accounts import events, mails, validation
from accounts.actions.verification import send_verification
from accounts.models import Group, Preference, User
from mattermost_site import clock, config
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish


@dataclass(slots=True)
class NewUser:
    """What somebody asks for in a new account."""

    email: str
    username: str
    password: str
    nickname: str = ""
    first_name: str = ""
    last_name: str = ""
    position: str = ""
    locale: str = ""
    props: dict[str, str] = field(default_factory=dict)
    notify_props: dict[str, str] = field(default_factory=dict)
    timezone: dict[str, str] = field(default_factory=dict)
    allow_marketing: bool = False
    auth_service: str = ""
    auth_data: str | None = None
    email_verified: bool = False
    wants_welcome_mail: bool = True


def create_user(*, wanted: NewUser, roles: str = "system_user") -> User:
    """Store an account with its first preferences and tell everybody.

    Raises InvalidUser, ``app.user.save.username_exists`` / ``email_exists`` when taken,
    ``app.user.group_name_conflict`` for the name of a group.
    """
    user = _user_from(wanted, roles)
    _check(user, wanted)
    check_free(user)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            Preference.objects.bulk_create(_first_preferences(user))
            _send_first_mails(user, wanted)
            publish(events.new_user(user))
            if user.email_verified:
                publish(*events.user_updated(user))
    except IntegrityError:
        check_free(user)
        raise
    return user


def _check(user: User, wanted: NewUser) -> None:
    if wanted.auth_data and wanted.auth_service and wanted.password:
        raise validation.InvalidUser("auth_data_pwd")
    if not wanted.auth_service:
        validation.check_password(wanted.password)
        user.set_password(wanted.password)
    validation.check_user(user)
    settings = config.current()
    allowed = settings.guest_accounts if user.is_guest else settings.team
    validation.check_domain(
        user.email, allowed.restrict_creation_to_domains, "api.user.create_user.accepted_domain.app_error"
    )


def _user_from(wanted: NewUser, roles: str) -> User:
    now = clock.now()
    user_id = new_id()
    clean = validation.clean_text
    default_locale = config.current().localization.default_client_locale
    return User(
        id=user_id,
        create_at=now,
        update_at=now,
        username=wanted.username.strip().lower() or f"a{user_id}",
        email=wanted.email.strip().lower(),
        email_verified=wanted.email_verified,
        nickname=clean(wanted.nickname),
        first_name=clean(wanted.first_name),
        last_name=clean(wanted.last_name),
        position=wanted.position,
        locale=wanted.locale if validation.is_locale(wanted.locale) else default_locale,
        props=wanted.props,
        notify_props=validation.clean_notify_props(wanted.notify_props),
        timezone=wanted.timezone or dict(validation.DEFAULT_TIMEZONE),
        allow_marketing=wanted.allow_marketing,
        auth_service=wanted.auth_service,
        auth_data=wanted.auth_data if wanted.auth_service else None,
        roles=roles,
        remote_id="",
        last_password_update=now,
    )


def check_free(user: User) -> None:
    """AppError when another account has the name or address, or a group the name."""
    others = User.objects.exclude(id=user.id)
    if others.filter(username=user.username).exists():
        raise AppError("app.user.save.username_exists.app_error")
    if others.filter(email=user.email).exists():
        raise AppError("app.user.save.email_exists.app_error")
    if Group.objects.filter(name=user.username, delete_at=0).exists():
        raise AppError("app.user.group_name_conflict")


def _first_preferences(user: User) -> list[Preference]:
    rows: tuple[tuple[str, str, str], ...] = (
        ("tutorial_step", user.id, "0"),
        ("recommended_next_steps", "hide", "false"),
        ("system_notice", "GMasDM", "true"),
    )
    return [Preference(user_id=user.id, category=category, name=name, value=value) for category, name, value in rows]


def _send_first_mails(user: User, wanted: NewUser) -> None:
    if user.auth_service or not wanted.wants_welcome_mail:
        return
    mails.enqueue(mails.WELCOME, to=user.email, locale=user.locale, username=user.username)
    if config.current().email.require_email_verification and not user.email_verified:
        send_verification(user=user, email=user.email)
