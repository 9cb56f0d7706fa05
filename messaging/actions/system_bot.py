"""The account in whose name the server itself writes to people."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.bots import new_bot
from accounts.models import User
from mattermost_site.actor import Actor

NAME = "system-bot"


def system_bot() -> Actor:
    """The system bot as one who acts; its account is made when it is needed for the first time."""
    user = User.objects.filter(username=NAME).first() or _make()
    return Actor(user_id=user.id, roles=tuple(user.roles.split()), session_props={"is_bot": "true"})


def _make() -> User:
    owner = User.objects.filter(roles__contains="system_admin", delete_at=0).order_by("create_at").first()
    user, bot = new_bot(username=NAME, display_name="System", owner_id=owner.id if owner else "")
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            bot.save(force_insert=True)
    except IntegrityError:  # another process made it meanwhile
        return User.objects.get(username=NAME)
    return user
