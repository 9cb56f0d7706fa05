"""Turning people into bots and bots into people (semantics §5.5)."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.actions.passwords import set_password
from accounts.actions.profiles import ProfileChange, update_profile
from accounts.actions.sessions import end_sessions
from accounts.actions.system_roles import SYSTEM_ADMIN, store_roles
from accounts.actions.verification import send_verification
from accounts.bots import DOMAIN, BotAccount, account_of, bot_row
from accounts.models import Bot, User
from mattermost_site import config
from mattermost_site.errors import AppError


def make_bot_of(*, user: User) -> BotAccount:
    """Make an account a bot that owns itself: its sessions end, names and memberships stay.

    It is answered with the user name for a display name (recorded). Raises
    ``app.bot.createbot.internal_error`` when it is a bot already.
    """
    bot = bot_row(user, owner_id=user.id)
    try:
        with transaction.atomic():
            bot.save(force_insert=True)
            end_sessions(user_id=user.id)
    except IntegrityError:
        raise AppError("app.bot.createbot.internal_error") from None
    return account_of(user, bot, display_name=user.username)


def make_person_of(*, user: User, bot: Bot, change: ProfileChange, password: str, is_admin: bool) -> None:
    """Make a bot an account that signs in with ``password``; nobody is told (recorded).

    The bot's sessions end, so that none goes on writing as a bot; its tokens count as a
    person's from now on. Raises what changing a profile and setting a password raise.
    """
    if change.changes_email(user):
        user.email_verified = False
    with transaction.atomic():
        update_profile(user=user, change=change, announce=False)
        set_password(user=user, password=password)  # while it is a bot, so that no mail tells of it
        if is_admin and SYSTEM_ADMIN not in user.role_names:
            store_roles(user=user, roles=f"{user.roles} {SYSTEM_ADMIN}".strip())
        bot.delete()
        end_sessions(user_id=user.id)
        _have_address_confirmed(user)


def _have_address_confirmed(user: User) -> None:
    """Where sign-in needs a confirmed address; that of a bot is nobody's, and an admin has to confirm it."""
    is_real = not user.email.endswith(f"@{DOMAIN}")
    if config.current().email.require_email_verification and not user.email_verified and is_real:
        send_verification(user=user, email=user.email)
