"""Deactivating accounts and taking them back, with the bots that hang on them (semantics §5.4, §5.5)."""

from __future__ import annotations

from django.db import transaction

from accounts import events, mails
from accounts.actions.sessions import end_sessions
from accounts.bots import BotAccount, account_of
from accounts.models import Bot, Status, User
from mattermost_site import clock, config, hooks, jobs
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging.mentions import wishes

OFFLINE = "offline"


def require_own_deactivation() -> None:
    """``api.user.update_active.not_enable.app_error`` (401) unless people may deactivate themselves."""
    if not config.current().team.enable_user_deactivation:
        raise AppError("api.user.update_active.not_enable.app_error", status=401)


def deactivate(*, user: User, by_user_id: str) -> None:
    """Close an account: its sessions and grants end, its bots stop, its memberships and posts stay.

    Admins are told of the bots of a person who is gone. A bot that is closed in this way
    is not disabled: its own row stays as it was (recorded).
    """
    with transaction.atomic():
        _have_admins_told(user)
        _stop_bots_of(user)
        _close(user, Bot.objects.filter(user_id=user.id).first())
        if user.id == by_user_id:
            mails.enqueue(mails.DEACTIVATED, to=user.email, locale=user.locale)


def activate(*, user: User) -> None:
    """Open an account again; its old sessions stay dead, and its bots disabled."""
    _set_active(user, Bot.objects.filter(user_id=user.id).first(), is_active=True)


def disable_bot(*, user: User, bot: Bot) -> BotAccount:
    """Stop a bot, with the bots that belong to it if it was a person once."""
    with transaction.atomic():
        _stop_bots_of(user)
        _disable(user, bot)
    return account_of(user, bot)


def enable_bot(*, user: User, bot: Bot) -> BotAccount:
    """Have a bot work again, with the tokens that it had."""
    with transaction.atomic():
        _set_active(user, bot, is_active=True)
        if bot.delete_at:
            bot.delete_at, bot.update_at = 0, clock.now()
            bot.save(update_fields=["delete_at", "update_at"])
    return account_of(user, bot)


def tell_activation() -> None:
    """Have clients that show how many people are active ask again."""
    publish(events.user_activation_status_change())


def _close(user: User, bot: Bot | None) -> None:
    _set_active(user, bot, is_active=False)
    end_sessions(user_id=user.id)
    hooks.account_closed(user.id)
    _go_offline(user.id)


def _set_active(user: User, bot: Bot | None, *, is_active: bool) -> None:
    now = clock.now()
    user.update_at, user.delete_at = now, 0 if is_active else user.delete_at or now
    with transaction.atomic():
        user.save(update_fields=["update_at", "delete_at"])
        if is_active:
            wishes.forget_user(user.id)
        publish(*events.user_updated(user, bot))


def _go_offline(user_id: str) -> None:
    values = {"status": OFFLINE, "manual": False, "dnd_end_time": 0}
    Status.objects.update_or_create(
        user_id=user_id, defaults=values, create_defaults={**values, "last_activity_at": clock.now()}
    )
    publish(events.status_change(user_id, OFFLINE))


def _disable(user: User, bot: Bot) -> None:
    _close(user, bot)
    if not bot.delete_at:
        bot.delete_at = bot.update_at = clock.now()
        bot.save(update_fields=["delete_at", "update_at"])


def _stop_bots_of(owner: User) -> None:
    """Disable the bots of somebody who is gone, whose tokens that person may have kept.

    Who was made a bot may own bots in turn, even itself: each is stopped once.
    """
    if not config.current().service.disable_bots_when_owner_is_deactivated:
        return
    owners, seen = [owner.id], {owner.id}
    while owners:
        owned = {bot.user_id: bot for bot in Bot.objects.filter(owner_id__in=owners, delete_at=0)}
        owners = [user_id for user_id in owned if user_id not in seen]
        seen.update(owners)
        for user in User.objects.filter(id__in=owners):
            _disable(user, owned[user.id])


def _have_admins_told(owner: User) -> None:
    """By work of its own, for there may be many of them."""
    owned = Bot.objects.filter(owner_id=owner.id, delete_at=0).exclude(user_id=owner.id)
    names = sorted(User.objects.filter(id__in=owned.values("user_id")).values_list("username", flat=True))
    if names and not owner.is_bot:
        stopped = config.current().service.disable_bots_when_owner_is_deactivated
        jobs.enqueue("accounts.tell_of_orphans", {"owner": owner.username, "bots": names, "are_stopped": stopped})
