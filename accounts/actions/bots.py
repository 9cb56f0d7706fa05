"""Making bots, changing them and giving them away (semantics §5.5)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts import events, validation
from accounts.actions.users import check_free
from accounts.bots import BotAccount, account_of, address_of, new_bot
from accounts.models import Bot, User
from accounts.permissions import Permission
from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError, PermissionDenied
from mattermost_site.realtime import publish
from messaging.access import load_access
from messaging.actions.direct import open_direct
from messaging.actions.posts import NewPost, create_post
from messaging.mentions import wishes

DESCRIPTION_LIMIT = 1024  # code points
GREETING = (
    "I am ready to work, but I only see the teams and channels that I am a member of. "
    "Please add me where you want me, in a browser or in the desktop app."
)


class InvalidBot(AppError):
    """A field of a bot is not allowed: ``model.bot.is_valid.<field>.app_error``."""

    def __init__(self, field: str) -> None:
        super().__init__(f"model.bot.is_valid.{field}.app_error")


@dataclass(frozen=True, slots=True)
class BotChange:
    """New values; None leaves the old one."""

    username: str | None = None
    display_name: str | None = None
    description: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return self.username is None and self.display_name is None and self.description is None


def create_bot(*, actor: Actor, wanted: BotChange) -> BotAccount:
    """Make a bot that belongs to the actor, and have it write to its owner what it needs.

    PermissionDenied for bots, ``api.bot.create_disabled`` (403) unless ``EnableBotAccountCreation``,
    InvalidBot, and AppErrors for names that are taken.
    """
    if actor.is_bot:
        raise PermissionDenied(Permission.CREATE_BOT)
    if not config.current().service.enable_bot_account_creation:
        raise AppError("api.bot.create_disabled", status=403)
    username, display_name = wanted.username or "", validation.clean_text(wanted.display_name or "")
    description = wanted.description or ""
    _check_new(username, display_name, description)
    user, bot = new_bot(username=username, display_name=display_name, owner_id=actor.user_id, description=description)
    check_free(user)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            bot.save(force_insert=True)
            _greet_owner(user, actor.user_id)
    except IntegrityError:
        check_free(user)
        raise
    return account_of(user, bot)


def _check_new(username: str, display_name: str, description: str) -> None:
    try:
        validation.check_username(username)
    except validation.InvalidUser:
        raise InvalidBot("username") from None
    if len(display_name) > validation.NAME_LIMIT:
        raise InvalidBot("user_id")  # the id that is recorded
    _check_description(description)


def _check_description(description: str) -> None:
    if len(description) > DESCRIPTION_LIMIT:
        raise InvalidBot("description")


def _greet_owner(user: User, owner_id: str) -> None:
    """A direct message whose text clients replace by their own, with links to where members are added."""
    channel = open_direct(user_id=user.id, other_id=owner_id)
    access = load_access(user.id, channel.id)
    if access is not None:
        actor = Actor(user_id=user.id, roles=tuple(user.role_names), session_props={"is_bot": "true"})
        create_post(actor=actor, access=access, wanted=NewPost(message=GREETING, type="add_bot_teams_channels"))


def update_bot(*, user: User, bot: Bot, change: BotChange) -> BotAccount:
    """Change what a bot tells of itself, and tell everybody; a change without values changes nothing.

    The address follows the name while it is one made of it. Raises InvalidUser, InvalidBot,
    and AppErrors for names that are taken.
    """
    if change.is_empty:
        return account_of(user, bot)
    _apply(user, change)
    validation.check_user(user)
    _check_description(change.description or "")
    check_free(user)
    bot.update_at = user.update_at = clock.now()
    try:
        with transaction.atomic():
            user.save(update_fields=["username", "email", "first_name", "update_at"])
            wishes.forget_user(user.id)
            publish(*events.user_updated(user, bot))  # with the old description, as recorded
            if change.description is not None:
                bot.description = change.description
            bot.save(update_fields=["description", "update_at"])
    except IntegrityError:
        check_free(user)
        raise
    return account_of(user, bot)


def _apply(user: User, change: BotChange) -> None:
    if change.username is not None:
        if user.email == address_of(user.username):
            user.email = address_of(change.username)
        user.username = change.username
    if change.display_name is not None:
        user.first_name = validation.clean_text(change.display_name)


def assign_bot(*, user: User, bot: Bot, owner_id: str) -> BotAccount:
    """Give a bot to another owner; any id will do, for an owner may be a plugin (recorded).

    PermissionDenied when the new owner is a bot: nobody would answer for it.
    """
    if Bot.objects.filter(user_id=owner_id).exists():
        raise PermissionDenied(Permission.ASSIGN_BOT)
    bot.owner_id, bot.update_at = owner_id, clock.now()
    bot.save(update_fields=["owner_id", "update_at"])
    return account_of(user, bot)
