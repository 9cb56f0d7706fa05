"""Reminding people of posts (semantics §8.3)."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction

from accounts.models import User
from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.config.site import site_url
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish
from messaging.access import ChannelAccess, load_access
from messaging.actions.direct import open_direct
from messaging.actions.posts import NewPost, create_post
from messaging.actions.system_bot import system_bot
from messaging.events.post_changes import ephemeral_message
from messaging.models import Post, PostReminder
from messaging.permissions import reads_content
from messaging.post_metadata import complete
from messaging.queries.post_rows import WirePost
from messaging.queries.posts import find_post
from teams.models import Team

UNKNOWN_SITE = "http://localhost:8065"
BATCH = 500  # reminders of one run; the others wait for the next one

logger = logging.getLogger(__name__)


def set_reminder(*, user_id: str, post_id: str, access: ChannelAccess, target_time: int) -> None:
    """Remind a user of a post at ``target_time`` (seconds) instead of at any time set before.

    The user is told at once, by a message that nobody stores.
    """
    subject = _subject(post_id, access.channel.team_id)
    with transaction.atomic():
        PostReminder.objects.update_or_create(post_id=post_id, user_id=user_id, defaults={"target_time": target_time})
        publish(ephemeral_message(_confirmation(user_id, post_id, access, target_time, subject), user_id))


def _subject(post_id: str, team_id: str) -> dict[str, str]:
    """What props tell of the post: its author and its team, ``""`` for direct and group channels."""
    author_id = Post.objects.values_list("user_id", flat=True).get(id=post_id)
    username = User.objects.filter(id=author_id).values_list("username", flat=True).first() or ""
    team = Team.objects.filter(id=team_id).values_list("name", flat=True).first() or "" if team_id else ""
    return {"post_id": post_id, "team_name": team, "username": username}


def _link(subject: dict[str, str]) -> str:
    """Where the post is; a link has to be absolute, also where nobody has said how people reach this site."""
    return f"{site_url() or UNKNOWN_SITE}/{subject['team_name']}/pl/{subject['post_id']}"


def _confirmation(
    user_id: str, post_id: str, access: ChannelAccess, target_time: int, subject: dict[str, str]
) -> WirePost:
    """The message that says that the reminder is set; it stands in the thread of the post."""
    props: dict[str, Any] = {"type": "reminder", "target_time": target_time, **subject}
    post: WirePost = {
        "id": new_id(),
        "create_at": clock.now(),
        "update_at": 0,
        "edit_at": 0,
        "delete_at": 0,
        "is_pinned": False,
        "user_id": user_id,
        "channel_id": access.channel.id,
        "root_id": post_id,
        "original_id": "",
        "message": f"You will be reminded of the message by @{subject['username']}: {_link(subject)}",
        "type": "system_ephemeral",
        "props": props,
        "hashtags": "",
        "file_ids": [],
        "pending_post_id": "",
        "reply_count": 0,
        "last_reply_at": 0,
        "participants": None,
        "metadata": {},
    }
    complete([post], None)
    return post | {"file_ids": None}


def deliver_due() -> None:
    """Send the reminders that are due, each as a direct message of the system bot; one that fails stays for later."""
    due = PostReminder.objects.filter(target_time__lte=clock.now() // clock.SECOND).order_by("target_time")
    for post_id, user_id in list(due.values_list("post_id", "user_id")[:BATCH]):
        try:
            _deliver(post_id, user_id)
        except AppError as error:
            logger.warning("a reminder of %s for %s was not sent: %s", post_id, user_id, error.id)


def _deliver(post_id: str, user_id: str) -> None:
    """Nothing is sent of a post that is gone, to an account that is closed, or to who may not read it any more."""
    with transaction.atomic():
        taken, _ = PostReminder.objects.filter(post_id=post_id, user_id=user_id).delete()
        post = find_post(post_id)
        user = User.objects.filter(id=user_id, delete_at=0).only("id", "roles").first()
        if not taken or post is None or user is None:
            return
        place = load_access(user_id, post["channel_id"])
        if place is None or not reads_content(Actor(user_id, tuple(user.roles.split())), place):
            return
        bot = system_bot()
        channel = open_direct(user_id=bot.user_id, other_id=user_id)
        access = load_access(bot.user_id, channel.id)
        if access is None:
            return
        subject = _subject(post_id, place.channel.team_id)
        message = f"You wanted to be reminded of this message by @{subject['username']}: {_link(subject)}"
        create_post(actor=bot, access=access, wanted=NewPost(message=message, type="reminder", props={**subject}))
