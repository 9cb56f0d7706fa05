"""Saving and deleting settings of users (semantics §12.1)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts import events
from accounts.models import Preference
from accounts.permissions import Permission
from accounts.preferences import FAVORITE_CHANNEL, FLAGGED_POST, check_preference, value_to_store
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from mattermost_site.realtime import publish
from messaging.access import load_accesses
from messaging.actions import sidebar_favorites
from messaging.events.sidebar import sidebar_touched
from messaging.models import Post
from messaging.permissions import reads_content


def save_preferences(*, actor: Actor, user_id: str, preferences: Sequence[Preference]) -> None:
    """Save settings that a client sent for a user: all of them or none.

    A saved post must be readable to the actor: PermissionDenied, or InvalidBodyParam when there
    is none. Raises ``api.preference.update_preferences.set.app_error`` (403) when one entry is
    another user's, and InvalidPreference.
    """
    _check_saved_posts(actor, preferences)
    _check_owner(user_id, preferences, "api.preference.update_preferences.set.app_error")
    for preference in preferences:
        check_preference(preference)
    store_preferences(user_id=user_id, preferences=preferences)


def _check_saved_posts(actor: Actor, preferences: Sequence[Preference]) -> None:
    post_ids = [preference.name for preference in preferences if preference.category == FLAGGED_POST]
    if not post_ids:
        return
    channels = dict(Post.objects.filter(id__in=post_ids, delete_at=0).values_list("id", "channel_id"))
    if any(post_id not in channels for post_id in post_ids):
        raise InvalidBodyParam("preference.name")
    accesses = load_accesses(actor.user_id, set(channels.values()))
    readable = {channel_id for channel_id, access in accesses.items() if reads_content(actor, access)}
    if not readable.issuperset(channels.values()):
        raise PermissionDenied(Permission.READ_CHANNEL_CONTENT)


def _check_owner(user_id: str, preferences: Sequence[Preference], error: str) -> None:
    if any(preference.user_id != user_id for preference in preferences):
        raise AppError(error, status=403)


def store_preferences(*, user_id: str, preferences: Sequence[Preference]) -> None:
    """Write settings that are known to be right, and tell the user's clients. Of one name twice, the last counts."""
    rows = {
        (preference.category, preference.name): Preference(
            user_id=user_id,
            category=preference.category,
            name=preference.name,
            value=value_to_store(preference),
        )
        for preference in preferences
    }
    with transaction.atomic():
        Preference.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["user_id", "category", "name"],
            update_fields=["value"],
        )
        stars = {row.name: row.value != "false" for row in rows.values() if row.category == FAVORITE_CHANNEL}
        sidebar_favorites.follow_preferences(user_id=user_id, stars=stars)
        # Clients of old reload their sidebar at each of these; the others pass over it.
        publish(sidebar_touched(user_id), events.preferences_changed(user_id, preferences))


def delete_preferences(*, user_id: str, preferences: Sequence[Preference]) -> None:
    """Delete settings by category and name, whatever their values; those that are not there do not matter.

    Raises ``api.preference.delete_preferences.delete.app_error`` (403) when one entry is another user's.
    """
    _check_owner(user_id, preferences, "api.preference.delete_preferences.delete.app_error")
    keys = [(user_id, preference.category, preference.name) for preference in preferences]
    stars = {preference.name: False for preference in preferences if preference.category == FAVORITE_CHANNEL}
    with transaction.atomic():
        Preference.objects.filter(pk__in=keys).delete()
        sidebar_favorites.follow_preferences(user_id=user_id, stars=stars)
        publish(sidebar_touched(user_id), events.preferences_deleted(user_id, preferences))
