"""Users."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from accounts import hashers
from accounts.models.bot import Bot
from mattermost_site.schema import Flag, Id, Json, Millis, Number, SchemaIndex, SchemaModel, Text

SYSTEM_ADMIN = "system_admin"
SYSTEM_GUEST = "system_guest"


class UserManager(BaseUserManager["User"]):
    """Users as Django's auth looks for them: ``get_by_natural_key`` takes the user name."""


class User(AbstractBaseUser, SchemaModel):
    """A person's or bot's account, and the auth user of Django.

    ``delete_at`` is when it was deactivated. ``roles`` are names of system roles, separated by
    spaces. ``auth_data`` is the id that ``auth_service`` (ldap, saml, gitlab, google, office365,
    openid; "" for a password here) knows the user by. ``last_picture_update`` is negative when the
    picture is the generated one. ``notify_props`` and ``timezone`` hold strings only. ``remote_id`` is "" for
    a person who belongs here; who was stored without one, a bot above all, is shown without one.
    """

    id = Id(primary_key=True)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    username = Text(max_length=64)
    password = Text(max_length=128)
    auth_data = Text(max_length=128, null=True)
    auth_service = Text(max_length=32)
    email = Text(max_length=128)
    email_verified = Flag()
    nickname = Text(max_length=64)
    first_name = Text(max_length=64)
    last_name = Text(max_length=64)
    roles = Text(max_length=256)
    allow_marketing = Flag()
    props = Json()
    notify_props = Json()
    last_password_update = Millis()
    last_picture_update = Millis()
    failed_attempts = Number()
    locale = Text(max_length=5)
    mfa_active = Flag()
    mfa_secret = Text(max_length=128)
    position = Text(max_length=128)
    timezone = Json()
    remote_id = Id(null=True)
    last_login = Millis(required=True, db_default=0)  # type: ignore[assignment] # ms, not Django's datetime
    mfa_used_timestamps = Json(of=list)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        db_table = "users"
        constraints = [
            models.UniqueConstraint(fields=["auth_data"], name="users_authdata_key"),
            models.UniqueConstraint(fields=["email"], name="users_email_key"),
            models.UniqueConstraint(fields=["username"], name="users_username_key"),
        ]
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_users_create_at"),
            SchemaIndex(fields=["delete_at"], name="idx_users_delete_at"),
            SchemaIndex(fields=["update_at"], name="idx_users_update_at"),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def role_names(self) -> list[str]:
        """The system roles by name."""
        return self.roles.split()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the account is not deactivated."""
        return self.delete_at == 0

    @property
    def is_staff(self) -> bool:
        """Whether the System Console opens for the user."""
        return SYSTEM_ADMIN in self.role_names

    @property
    def is_superuser(self) -> bool:
        """Whether the user may do everything in the System Console."""
        return self.is_staff

    @property
    def is_guest(self) -> bool:
        """Whether the user sees only what it was invited to."""
        return SYSTEM_GUEST in self.role_names

    @property
    def is_bot(self) -> bool:
        """Whether a bot acts through this account; asks the database."""
        return Bot.objects.filter(user_id=self.id).exists()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's permissions are for the System Console: all of them or none."""
        return self.is_active and self.is_superuser

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        """Like ``has_perm``, for several."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the System Console shows an app."""
        return self.is_active and self.is_superuser

    def get_full_name(self) -> str:
        """First and last name, as far as they are given."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """What greets the user in the System Console."""
        return self.nickname or self.first_name or self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the user's password; writes nothing."""
        return raw_password is not None and hashers.verify_password(raw_password, self.password)

    def set_password(self, raw_password: str | None) -> None:
        """Put a new password, or none with None, into ``password``; does not save. ValueError over 72 bytes."""
        self.password = "" if raw_password is None else hashers.hash_password(raw_password)

    def set_unusable_password(self) -> None:
        """Let no password sign in; does not save."""
        self.password = ""

    def has_usable_password(self) -> bool:
        """Whether any password signs in."""
        return bool(self.password)
