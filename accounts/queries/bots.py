"""Bots as the API shows them: the bot's own row and the account's names, one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from accounts.bots import BotAccount
from accounts.errors import NoSuchBot
from accounts.models import Bot, User

_SELECT = """
    SELECT b.userid, u.username, COALESCE(u.firstname, ''), COALESCE(b.description, ''), COALESCE(b.ownerid, ''),
           COALESCE(b.createat, 0), COALESCE(b.updateat, 0), COALESCE(b.deleteat, 0), COALESCE(b.lasticonupdate, 0),
           CASE WHEN COALESCE(u.updateat, 0) > COALESCE(b.updateat, 0) THEN u.updateat ELSE COALESCE(b.updateat, 0) END
    FROM bots b JOIN users u ON u.id = b.userid
"""


def bot_account(bot_user_id: str, *, include_deleted: bool = True) -> BotAccount:
    """The bot; NoSuchBot when there is none, or it is disabled and those are not asked for."""
    found = _read(f"{_SELECT} WHERE b.userid = %s", [bot_user_id])
    if not found or (found[0].delete_at and not include_deleted):
        raise NoSuchBot
    return found[0]


def bot_accounts(
    *, owner_id: str = "", include_deleted: bool = False, only_orphaned: bool = False, page: int, per_page: int
) -> list[BotAccount]:
    """A page of bots, the oldest first: those of one owner, or of everybody.

    Orphaned are those whose owner's account is deactivated; a plugin's bot is not.
    """
    conditions, params = ["1 = 1"], list[Any]()
    if owner_id:
        conditions.append("b.ownerid = %s")
        params.append(owner_id)
    if not include_deleted:
        conditions.append("COALESCE(b.deleteat, 0) = 0")
    if only_orphaned:
        conditions.append("EXISTS (SELECT 1 FROM users o WHERE o.id = b.ownerid AND o.deleteat <> 0)")
    order = "ORDER BY b.createat, u.username LIMIT %s OFFSET %s"
    return _read(f"{_SELECT} WHERE {' AND '.join(conditions)} {order}", [*params, per_page, page * per_page])


def bot_rows(bot_user_id: str) -> tuple[User, Bot]:
    """The account and the bot, to be changed; NoSuchBot when there is none."""
    bot = Bot.objects.filter(user_id=bot_user_id).first()
    user = User.objects.filter(id=bot_user_id).first() if bot else None
    if bot is None or user is None:
        raise NoSuchBot
    return user, bot


def _read(statement: str, params: Sequence[Any]) -> list[BotAccount]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [BotAccount(*row) for row in cursor.fetchall()]
