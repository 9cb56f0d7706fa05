"""Making, changing, ordering and deleting categories of the sidebar (semantics §12.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from mattermost_site.errors import AppError, InvalidBodyParam
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish
from messaging.actions.sidebar import STEP, read_or_start_sidebar, store_channels
from messaging.actions.sidebar_favorites import follow_categories
from messaging.actions.sidebar_muting import follow_muting
from messaging.events import sidebar as events
from messaging.models import SidebarCategory, SidebarChannel
from messaging.queries.sidebar import CUSTOM, DIRECT_MESSAGES, FAVORITES, Category, own_channels, sidebar_of
from messaging.serializers.sidebar import categories_json

TEXT_LIMIT = 64  # code points of a name and of a sorting


@dataclass(frozen=True, slots=True)
class WantedCategory:
    """A category as a client wants it; ``id`` is empty in a new one."""

    id: str
    display_name: str
    sorting: str
    muted: bool
    collapsed: bool
    channel_ids: tuple[str, ...]


class SidebarRefused(AppError):
    """A category that cannot be deleted, or an order that leaves categories out."""

    id = "app.channel.sidebar_categories.app_error"


def _locked(user_id: str, team_id: str) -> list[SidebarCategory]:
    """The categories in order; nobody else changes them before the transaction ends."""
    rows = SidebarCategory.objects.select_for_update().filter(user_id=user_id, team_id=team_id)
    return list(rows.order_by("sort_order", "id"))


def _check(wanted: WantedCategory) -> None:
    if max(len(wanted.display_name), len(wanted.sorting)) > TEXT_LIMIT:
        raise InvalidBodyParam("category")


def create_category(*, user_id: str, team_id: str, wanted: WantedCategory) -> Category:
    """Make a custom category below Favorites, or on top when Favorites is not the first, and move channels into it.

    Channels that are not the user's are left out. A muted one mutes nothing, and one that takes a
    favorite away leaves its setting (both recorded). Raises InvalidBodyParam for a name that is too long, and
    the 404s of users and teams when the sidebar was not there yet.
    """
    _check(wanted)
    with transaction.atomic():
        rows = _locked(user_id, team_id)
        if not rows:
            read_or_start_sidebar(user_id=user_id, team_id=team_id)
            rows = _locked(user_id, team_id)
        made = SidebarCategory(
            id=new_id(),
            user_id=user_id,
            team_id=team_id,
            sorting=wanted.sorting,
            type=CUSTOM,
            display_name=wanted.display_name,
            muted=wanted.muted,
        )
        place = 1 if rows[0].type == FAVORITES else 0
        made.sort_order = place * STEP
        _number([*rows[:place], made, *rows[place:]], changed=rows)
        made.save(force_insert=True)
        channel_ids = own_channels(user_id, team_id, wanted.channel_ids)
        _take_out(user_id, (row.id for row in rows), channel_ids)
        store_channels(user_id=user_id, category_id=made.id, channel_ids=channel_ids)
        publish(events.sidebar_category_created(user_id, team_id, made.id))
    return Category(
        id=made.id,
        user_id=user_id,
        team_id=team_id,
        sort_order=made.sort_order,
        sorting=made.sorting,
        type=CUSTOM,
        display_name=made.display_name,
        muted=made.muted,
        collapsed=False,
        channel_ids=channel_ids,
    )


def _number(ordered: Sequence[SidebarCategory], *, changed: Iterable[SidebarCategory]) -> None:
    """Write the places of the rows in ``changed`` as they stand in ``ordered``."""
    places = {row.id: place * STEP for place, row in enumerate(ordered)}
    moved = [row for row in changed if row.sort_order != places[row.id]]
    for row in moved:
        row.sort_order = places[row.id]
    SidebarCategory.objects.bulk_update(moved, ["sort_order"])


def _take_out(user_id: str, category_ids: Iterable[str], channel_ids: Sequence[str]) -> None:
    rows = SidebarChannel.objects.filter(user_id=user_id, category_id__in=list(category_ids))
    rows.filter(channel_id__in=channel_ids).delete()


def update_categories(*, user_id: str, team_id: str, wanted: Sequence[WantedCategory]) -> list[Category]:
    """Change categories and what is under them; answers them as they are then, in the order given.

    Names of the built-in ones stay. A channel leaves only the categories that are sent without it, so one
    can be in two (recorded). Channels that are not the user's are left out. InvalidBodyParam for a
    category that is not there and for a name that is too long.
    """
    for category in wanted:
        _check(category)
    ids = [category.id for category in wanted]
    with transaction.atomic():
        rows = {row.id: row for row in _locked(user_id, team_id)}
        if not rows.keys() >= set(ids):
            raise InvalidBodyParam("category")
        before = {category.id: category for category in sidebar_of(user_id, team_id)}
        _store(user_id, team_id, rows, {category.id: category for category in wanted}, before)
        found = {category.id: category for category in sidebar_of(user_id, team_id)}
        after = [found[id] for id in ids]
        publish(events.sidebar_category_updated(user_id, team_id, categories_json(after)))
        follow_muting(user_id=user_id, before=[before[id] for id in ids], after=after)
    return after


def _store(
    user_id: str,
    team_id: str,
    rows: dict[str, SidebarCategory],
    wanted: dict[str, WantedCategory],
    before: dict[str, Category],
) -> None:
    """Write the changed categories, their channels, and the settings that mirror favorites."""
    own = set(own_channels(user_id, team_id, (id for category in wanted.values() for id in category.channel_ids)))
    touched: set[str] = set()
    placed: list[SidebarChannel] = []
    for category in wanted.values():
        row = rows[category.id]
        row.sorting, row.collapsed = category.sorting, category.collapsed
        if row.type == CUSTOM:
            row.display_name = category.display_name
        channel_ids = [id for id in dict.fromkeys(category.channel_ids) if id in own]
        touched.update(channel_ids)
        if row.type == FAVORITES:
            touched.update(before[row.id].channel_ids)
        if row.type != DIRECT_MESSAGES:  # cannot be muted, and what is there has no order of its own
            row.muted = category.muted
            placed += _places(user_id, row.id, channel_ids)
    SidebarCategory.objects.bulk_update([rows[id] for id in wanted], ["sorting", "collapsed", "display_name", "muted"])
    SidebarChannel.objects.filter(user_id=user_id, category_id__in=list(wanted)).delete()
    SidebarChannel.objects.bulk_create(placed)
    follow_categories(user_id=user_id, channel_ids=touched)


def _places(user_id: str, category_id: str, channel_ids: Sequence[str]) -> list[SidebarChannel]:
    return [
        SidebarChannel(channel_id=channel_id, user_id=user_id, category_id=category_id, sort_order=place * STEP)
        for place, channel_id in enumerate(channel_ids)
    ]


def reorder_categories(*, user_id: str, team_id: str, order: Sequence[str]) -> list[str]:
    """Put the categories into this order, which names each of them; answers it without repetitions.

    InvalidBodyParam for a category that is not there, SidebarRefused when one is missing.
    """
    wanted = list(dict.fromkeys(order))
    with transaction.atomic():
        rows = {row.id: row for row in _locked(user_id, team_id)}
        if not rows.keys() >= set(wanted):
            raise InvalidBodyParam("category")
        if len(wanted) != len(rows):
            raise SidebarRefused
        _number([rows[id] for id in wanted], changed=rows.values())
        publish(events.sidebar_category_order_updated(user_id, team_id, wanted))
    return wanted


def delete_category(*, category: Category) -> None:
    """Delete a custom category; its channels fall back to where they belong by their type, as muted as they are.

    SidebarRefused for the three that everybody has.
    """
    if category.type != CUSTOM:
        raise SidebarRefused
    with transaction.atomic():
        SidebarCategory.objects.filter(id=category.id).delete()
        SidebarChannel.objects.filter(user_id=category.user_id, category_id=category.id).delete()
        publish(events.sidebar_category_deleted(category.user_id, category.team_id, category.id))
