"""Automatic replies and the status "out of office" that goes with them (semantics §5.6)."""

from __future__ import annotations

from django.db import transaction

from accounts import events
from accounts.models import Bot, Status, User
from mattermost_site import clock, config
from mattermost_site.realtime import publish

OUT_OF_OFFICE, ONLINE = "ooo", "online"
ACTIVE = "auto_responder_active"


def follow_auto_responder(*, user_id: str, before: dict[str, str], after: dict[str, str]) -> None:
    """Notification settings were saved: who switched automatic replies on is out of office, and back when off."""
    if not config.current().team.experimental_enable_automatic_replies:
        return
    was_on, is_on = before.get(ACTIVE) == "true", after.get(ACTIVE) == "true"
    if is_on and not was_on:
        _set_status(user_id, OUT_OF_OFFICE)
    elif was_on and not is_on:
        _set_status(user_id, ONLINE)


def end_automatic_replies(*, user_id: str) -> None:
    """The user chose another status than "out of office": switch automatic replies off, and tell everybody."""
    user = User.objects.filter(id=user_id).first()
    if user is None or user.notify_props.get(ACTIVE) != "true":
        return
    user.notify_props, user.update_at = {**user.notify_props, ACTIVE: "false"}, clock.now()
    with transaction.atomic():
        user.save(update_fields=["notify_props", "update_at"])
        publish(*events.user_updated(user, Bot.objects.filter(user_id=user_id).first()))


def _set_status(user_id: str, status: str) -> None:
    values = {"status": status, "manual": status == OUT_OF_OFFICE}
    created = {**values, "last_activity_at": clock.now(), "prev_status": ONLINE}
    Status.objects.update_or_create(user_id=user_id, defaults=values, create_defaults=created)
    publish(events.status_change(user_id, status))
