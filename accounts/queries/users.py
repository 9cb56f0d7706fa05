"""Single accounts, as models."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import Bot, User
from accounts.permissions import Permission, has_system
from accounts.serializers import ADMIN, OTHER, SELF, ViewedAs
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError


def user_by_id(user_id: str) -> User:
    """The user; ``app.user.missing_account.const`` (404) when there is none."""
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise AppError("app.user.missing_account.const", status=404)
    return user


def user_by_username(username: str) -> User:
    """The user of that name in any case; ``app.user.get_by_username.app_error`` (404) when there is none."""
    user = User.objects.filter(username=username.lower()).first()
    if user is None:
        raise AppError("app.user.get_by_username.app_error", status=404)
    return user


def user_by_email(email: str) -> User:
    """The user of that address in any case; ``app.user.missing_account.const`` (404) when there is none."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise AppError("app.user.missing_account.const", status=404)
    return user


def bots_of(users: Iterable[User]) -> dict[str, Bot]:
    """Those of the users that are bots, by user id."""
    return {bot.user_id: bot for bot in Bot.objects.filter(user_id__in=[user.id for user in users])}


def viewed_as(actor: Actor, user_id: str) -> ViewedAs:
    """How the actor sees a user: as oneself, as an admin, or as anybody else."""
    return SELF if actor.user_id == user_id else viewed_in_lists(actor)


def viewed_in_lists(actor: Actor) -> ViewedAs:
    """How the actor sees the users of a list, oneself among them: as an admin, or as anybody else (recorded)."""
    return ADMIN if has_system(actor, Permission.MANAGE_SYSTEM) else OTHER


def has_accounts() -> bool:
    """Whether any person has an account; bots do not count."""
    return User.objects.exclude(id__in=Bot.objects.values("user_id")).exists()
