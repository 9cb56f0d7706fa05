"""What a bot is made of: an account that nobody signs in to, and the row that says who answers for it."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Bot, User
from accounts.validation import DEFAULT_NOTIFY_PROPS, DEFAULT_TIMEZONE
from mattermost_site import clock, config
from mattermost_site.ids import new_id

ROLE = "system_user"
DOMAIN = "localhost"
"""Where the addresses of bots seem to be: nothing that is sent there reaches a person."""


@dataclass(frozen=True, slots=True)
class BotAccount:
    """A bot as the API shows it. Times in ms; ``seen_update_at`` is when anything that is shown changed last."""

    user_id: str
    username: str
    display_name: str
    description: str
    owner_id: str
    create_at: int
    update_at: int
    delete_at: int
    last_icon_update: int
    seen_update_at: int


def account_of(user: User, bot: Bot, *, display_name: str | None = None) -> BotAccount:
    """The bot of these two rows; its display name is the account's first name."""
    return BotAccount(
        user_id=user.id,
        username=user.username,
        display_name=user.first_name if display_name is None else display_name,
        description=bot.description,
        owner_id=bot.owner_id,
        create_at=bot.create_at,
        update_at=bot.update_at,
        delete_at=bot.delete_at,
        last_icon_update=bot.last_icon_update,
        seen_update_at=max(user.update_at, bot.update_at),
    )


def address_of(username: str) -> str:
    """The address that a bot of this name has, because an account needs one (semantics §5.5)."""
    return f"{username}@{DOMAIN}"


def new_bot(*, username: str, display_name: str, owner_id: str, description: str = "") -> tuple[User, Bot]:
    """The rows of a bot that starts to exist now, unchecked and not stored."""
    now = clock.now()
    user = User(
        id=new_id(),
        create_at=now,
        update_at=now,
        username=username,
        email=address_of(username),
        first_name=display_name,
        roles=ROLE,
        locale=config.current().localization.default_client_locale,
        notify_props=dict(DEFAULT_NOTIFY_PROPS),
        timezone=dict(DEFAULT_TIMEZONE),
        last_password_update=now,
    )
    user.set_unusable_password()
    return user, bot_row(user, owner_id=owner_id, description=description)


def bot_row(user: User, *, owner_id: str, description: str = "") -> Bot:
    """What makes an account a bot from now on, not stored."""
    now = clock.now()
    return Bot(user_id=user.id, description=description, owner_id=owner_id, create_at=now, update_at=now)
