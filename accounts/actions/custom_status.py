"""Setting and clearing custom statuses (semantics §5.6)."""

from __future__ import annotations

from django.db import transaction

from accounts import events
from accounts.actions.preferences import store_preferences
from accounts.custom_status import CustomStatus, recent_from, recent_to_json, with_recent
from accounts.models import Bot, Preference, User
from accounts.queries.preferences import preference_named
from mattermost_site import clock
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging.queries.emoji import emoji_exists

PROP = "customStatus"
CATEGORY, NAME = "custom_status", "recent_custom_statuses"


def set_custom_status(*, user_id: str, status: CustomStatus) -> None:
    """Show a custom status beside the user's name, remember it among the recent ones, and tell everybody.

    Raises ``api.custom_status.set_custom_statuses.emoji_not_found`` and ``app.user.missing_account.const`` (404).
    """
    if status.emoji and not emoji_exists(status.emoji):
        raise AppError("api.custom_status.set_custom_statuses.emoji_not_found")
    with transaction.atomic():
        _store_prop(user_id, status.to_json())
        old = Preference.objects.filter(user_id=user_id, category=CATEGORY, name=NAME).first()
        recent = with_recent(recent_from(old.value) if old else [], status)
        _store_recent(user_id, recent_to_json(recent))


def clear_custom_status(*, user_id: str) -> None:
    """Take the custom status away and tell everybody; ``app.user.missing_account.const`` (404)."""
    with transaction.atomic():
        _store_prop(user_id, "")


def _store_prop(user_id: str, value: str) -> None:
    # The row is locked, because props hold what others write too.
    user = User.objects.select_for_update().filter(id=user_id).first()
    if user is None:
        raise AppError("app.user.missing_account.const", status=404)
    user.props, user.update_at = {**user.props, PROP: value}, clock.now()
    user.save(update_fields=["props", "update_at"])
    publish(*events.user_updated(user, Bot.objects.filter(user_id=user_id).first()))


def remove_recent(*, user_id: str, status: CustomStatus) -> None:
    """Take one out of the recent custom statuses.

    Raises ``app.preference.get.app_error`` when there never was one,
    ``api.custom_status.recent_custom_statuses.delete.app_error`` when this one is not among them.
    """
    recent = recent_from(preference_named(user_id, CATEGORY, NAME)["value"])
    if status not in recent:
        raise AppError("api.custom_status.recent_custom_statuses.delete.app_error")
    with transaction.atomic():
        _store_recent(user_id, recent_to_json(other for other in recent if other != status))


def _store_recent(user_id: str, value: str) -> None:
    preference = Preference(user_id=user_id, category=CATEGORY, name=NAME, value=value)
    store_preferences(user_id=user_id, preferences=[preference])
