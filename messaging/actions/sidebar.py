"""The sidebar that everybody starts with, and what leaves it by itself (semantics §12.2)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import Preference
from accounts.preferences import FAVORITE_CHANNEL
from accounts.queries import user_by_id
from messaging.models import Channel, SidebarCategory, SidebarChannel
from messaging.queries.sidebar import CHANNELS, DIRECT_MESSAGES, FAVORITES, Category, own_channels, sidebar_of
from teams.queries import team_by_id

STEP = 10  # between the places of neighbours, for categories and for channels under one
DEFAULTS = (
    (FAVORITES, "Favorites", ""),
    (CHANNELS, "Channels", ""),
    (DIRECT_MESSAGES, "Direct Messages", "recent"),
)
"""Type, display name, sorting."""


def read_or_start_sidebar(*, user_id: str, team_id: str) -> list[Category]:
    """The categories of a user in a team, made now if there are none. Raises the 404s of users and teams."""
    found = sidebar_of(user_id, team_id)
    if found:
        return found
    create_default_categories(user_id=user_by_id(user_id).id, team_id=team_by_id(team_id).id)
    return sidebar_of(user_id, team_id)


def create_default_categories(*, user_id: str, team_id: str) -> None:
    """Give a user the three categories that each team's sidebar starts with, unless there are any.

    Channels that the user marked as favorites before, direct ones above all, are under Favorites at once.
    """
    with transaction.atomic():
        if SidebarCategory.objects.filter(user_id=user_id, team_id=team_id).exists():
            return
        SidebarCategory.objects.bulk_create(
            (
                SidebarCategory(
                    id=category_id(type, user_id, team_id),
                    user_id=user_id,
                    team_id=team_id,
                    sort_order=place * STEP,
                    sorting=sorting,
                    type=type,
                    display_name=display_name,
                )
                for place, (type, display_name, sorting) in enumerate(DEFAULTS)
            ),
            ignore_conflicts=True,
        )
        starred = own_channels(user_id, team_id, _starred(user_id))
        store_channels(user_id=user_id, category_id=category_id(FAVORITES, user_id, team_id), channel_ids=starred)


def category_id(type: str, user_id: str, team_id: str) -> str:
    """The id of one of the three categories that everybody has."""
    return f"{type}_{user_id}_{team_id}"


def _starred(user_id: str) -> list[str]:
    """Ids of the channels that the user's settings call favorites, by display name."""
    names = Preference.objects.filter(user_id=user_id, category=FAVORITE_CHANNEL, value="true").values("name")
    rows = Channel.objects.filter(id__in=names, delete_at=0).values_list("display_name", "id")
    return [id for _, id in sorted(rows)]


def store_channels(*, user_id: str, category_id: str, channel_ids: Sequence[str]) -> None:
    """Put channels under a category, in this order; those that are there already keep their place."""
    SidebarChannel.objects.bulk_create(
        (
            SidebarChannel(channel_id=channel_id, user_id=user_id, category_id=category_id, sort_order=place * STEP)
            for place, channel_id in enumerate(channel_ids)
        ),
        ignore_conflicts=True,
    )


def forget_channels(*, user_id: str, channel_ids: Sequence[str]) -> None:
    """The user left these channels: they lose their places in every team's sidebar."""
    SidebarChannel.objects.filter(user_id=user_id, channel_id__in=channel_ids).delete()
