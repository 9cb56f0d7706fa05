"""Bots for tests, made as the API makes them."""

from __future__ import annotations

from accounts.actions.access_tokens import create_token
from accounts.actions.bots import BotChange, create_bot
from accounts.models import Bot, Role, User
from accounts.permissions import forget_role
from mattermost_site import config
from tests.cast import actor_of

MISSING = "store.sql_bot.get.missing.app_error"
ALLOWED = {"ServiceSettings.EnableBotAccountCreation": True}


def make_bot(owner: User, username: str = "robo", **texts: str) -> tuple[User, Bot]:
    """A bot of ``owner``: its account and its row."""
    with config.override(**ALLOWED):
        made = create_bot(actor=actor_of(owner), wanted=BotChange(username=username, **texts))
    return User.objects.get(id=made.user_id), Bot.objects.get(user_id=made.user_id)


def token_of(bot: User) -> str:
    """The secret of a new token of a bot."""
    return create_token(user=bot, description="for work")[1]


def grant(role: str, *permissions: str) -> None:
    """Give a role more permissions."""
    row = Role.objects.get(name=role)
    Role.objects.filter(name=role).update(permissions=" ".join([row.permissions, *permissions]))
    forget_role(role)
