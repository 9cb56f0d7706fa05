"""A bot that writes in a channel."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from accounts import sessions
from accounts.models import Bot, User, UserAccessToken
from mattermost_site import clock
from mattermost_site.ids import new_id
from messaging.actions.members import store_member
from messaging.models import Channel
from tests.messaging.writer import Writer


def make_bot(make_user: Callable[..., User], channel: Channel, name: str = "robo") -> Writer:
    """A bot among the members of a channel, with a token of its own."""
    user = make_user(name)
    Bot(user_id=user.id, owner_id="", create_at=clock.now(), update_at=clock.now()).save(force_insert=True)
    secret = new_id()
    UserAccessToken(id=new_id(), token=sessions.digest(secret), user_id=user.id, is_active=True).save(force_insert=True)
    store_member(channel=channel, user=user)
    bot = Writer(user, channel)
    bot.client = Client(headers={"Authorization": f"Bearer {secret}"})
    return bot
