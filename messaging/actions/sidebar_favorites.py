"""Favorites twice: as channels under a category, and as settings ``favorite_channel`` (semantics §12.1).

Clients of old write the setting, newer ones the category; each way keeps the other up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from accounts.models import Preference
from accounts.preferences import FAVORITE_CHANNEL
from messaging.actions.sidebar import STEP
from messaging.models import Channel, SidebarCategory, SidebarChannel
from messaging.queries.sidebar import FAVORITES


def follow_preferences(*, user_id: str, stars: Mapping[str, bool]) -> None:
    """Settings changed: put channels on top of Favorites (true) or take them out (false), by channel id.

    A channel of a team is a favorite there, a direct one in every team. One that is under Favorites
    already keeps its place, as does one that stands under another category too (recorded).
    """
    if not stars:
        return
    favorites = SidebarCategory.objects.filter(user_id=user_id, type=FAVORITES)
    teams = dict(favorites.values_list("id", "team_id"))
    removed = [channel_id for channel_id, is_starred in stars.items() if not is_starred]
    SidebarChannel.objects.filter(user_id=user_id, category_id__in=teams, channel_id__in=removed).delete()
    added = [channel_id for channel_id, is_starred in stars.items() if is_starred]
    if added:
        _put_on_top(user_id, teams, added)


def _put_on_top(user_id: str, teams: Mapping[str, str], channel_ids: Iterable[str]) -> None:
    """``teams`` are the team ids of the user's favorites categories by category id."""
    team_of = dict(Channel.objects.filter(id__in=channel_ids).values_list("id", "team_id"))
    here: dict[str, dict[str, int]] = {category_id: {} for category_id in teams}
    for row in SidebarChannel.objects.filter(user_id=user_id, category_id__in=teams):
        here[row.category_id][row.channel_id] = row.sort_order
    rows = []
    for category_id, team_id in teams.items():
        places = here[category_id]
        for channel_id in channel_ids:
            if channel_id in places or team_of.get(channel_id) not in (team_id, ""):
                continue
            places[channel_id] = min(places.values(), default=STEP) - STEP
            rows.append(
                SidebarChannel(
                    channel_id=channel_id,
                    user_id=user_id,
                    category_id=category_id,
                    sort_order=places[channel_id],
                )
            )
    SidebarChannel.objects.bulk_create(rows, ignore_conflicts=True)


def follow_categories(*, user_id: str, channel_ids: Iterable[str]) -> None:
    """Categories changed: the settings of these channels say now what stands under Favorites, in any team."""
    touched = set(channel_ids)
    if not touched:
        return
    categories = SidebarCategory.objects.filter(user_id=user_id, type=FAVORITES).values("id")
    rows = SidebarChannel.objects.filter(user_id=user_id, category_id__in=categories, channel_id__in=touched)
    starred = set(rows.values_list("channel_id", flat=True))
    settings = Preference.objects.filter(user_id=user_id, category=FAVORITE_CHANNEL)
    if gone := touched - starred:
        settings.filter(name__in=gone).delete()
    Preference.objects.bulk_create(
        (Preference(user_id=user_id, category=FAVORITE_CHANNEL, name=id, value="true") for id in sorted(starred)),
        update_conflicts=True,
        unique_fields=["user_id", "category", "name"],
        update_fields=["value"],
    )
