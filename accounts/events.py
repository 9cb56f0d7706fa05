"""Events about accounts, named as on the wire (websocket.md §9)."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from accounts.models import Bot, Preference, Role, User
from accounts.queries.visibility import guests_seeing
from accounts.serializers import ADMIN, OTHER, SELF, preference_json, role_json, user_json
from mattermost_site.realtime.events import Audience, Event


def new_user(user: User) -> Event:
    """An account was made; no guest shares a place with it yet."""
    return Event("new_user", {"user_id": user.id}, Audience(), guests_see=frozenset())


def user_updated(user: User, bot: Bot | None = None) -> list[Event]:
    """A profile changed: the user, admins and everybody else each get their own view of it."""
    guests = guests_seeing(user.id)
    audiences = {
        SELF: Audience(user_id=user.id),
        OTHER: Audience(omit_users=(user.id,), sanitized=True),
        ADMIN: Audience(omit_users=(user.id,), sensitive=True),
    }
    return [
        Event("user_updated", {"user": user_json(user, viewed_as, bot=bot)}, audience, guests_see=guests)
        for viewed_as, audience in audiences.items()
    ]


def picture_changed(user: User, bot: Bot | None = None) -> Event:
    """The picture of an account changed: everybody gets the same view of it (recorded)."""
    data = {"user": user_json(user, OTHER, bot=bot)}
    return Event("user_updated", data, Audience(), guests_see=guests_seeing(user.id))


def user_role_updated(user: User) -> Event:
    """The system roles of a user changed; only that user is told."""
    return Event("user_role_updated", {"roles": user.roles, "user_id": user.id}, Audience(user_id=user.id))


def user_activation_status_change() -> Event:
    """Somebody was activated or deactivated; clients that show counts ask again."""
    return Event("user_activation_status_change", {}, Audience())


def preferences_changed(user_id: str, preferences: Iterable[Preference]) -> Event:
    """Settings of a user were saved."""
    rows = [preference_json(preference) for preference in preferences]
    return Event("preferences_changed", {"preferences": orjson.dumps(rows).decode()}, Audience(user_id=user_id))


def preferences_deleted(user_id: str, preferences: Iterable[Preference]) -> Event:
    """Settings of a user were deleted; their values are those that the client sent."""
    rows = [preference_json(preference) for preference in preferences]
    return Event("preferences_deleted", {"preferences": orjson.dumps(rows).decode()}, Audience(user_id=user_id))


def role_updated(role: Role) -> Event:
    """What a role may do changed."""
    return Event("role_updated", {"role": orjson.dumps(role_json(role)).decode()}, Audience())


def status_change(user_id: str, status: str) -> Event:
    """The presence of a user changed; only that user is told."""
    return Event("status_change", {"status": status, "user_id": user_id}, Audience(user_id=user_id))
