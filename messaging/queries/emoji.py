"""Custom emoji, and which names are emoji at all."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import StrIndex

from mattermost_site import config
from mattermost_site.errors import AppError
from messaging.emoji_names import is_system_emoji
from messaging.models import Emoji
from messaging.queries.post_parts import emoji_json

FOUND_LIMIT = 100


def emoji_exists(name: str) -> bool:
    """Whether a name is that of an emoji: a built-in one or, where those are on, a custom one."""
    if is_system_emoji(name):
        return True
    return config.current().service.enable_custom_emoji and _living().filter(name=name).exists()


def living_emoji(emoji_id: str) -> Emoji:
    """The custom emoji; ``app.emoji.get.no_result`` (404) when there is none."""
    return _one(_living().filter(id=emoji_id), "app.emoji.get.no_result")


def emoji_by_id(emoji_id: str) -> dict[str, Any]:
    """The custom emoji; ``app.emoji.get.no_result`` (404) when there is none."""
    return emoji_json(living_emoji(emoji_id))


def emoji_by_name(name: str) -> dict[str, Any]:
    """The custom emoji of exactly this name; ``app.emoji.get_by_name.no_result`` (404) when there is none."""
    return emoji_json(_one(_living().filter(name=name), "app.emoji.get_by_name.no_result"))


def emoji_by_names(names: Collection[str]) -> list[dict[str, Any]]:
    """The custom emoji of these names; unknown and built-in ones are left out."""
    return [emoji_json(emoji) for emoji in _living().filter(name__in=names)]


def emoji_page(*, page: int, per_page: int, by_name: bool) -> list[dict[str, Any]]:
    """A page of all custom emoji, by name or by age."""
    rows = _living().order_by("name") if by_name else _living().order_by("create_at", "id")
    start = page * per_page
    return [emoji_json(emoji) for emoji in rows[start : start + per_page]]


def search_emoji(term: str, *, prefix_only: bool) -> list[dict[str, Any]]:
    """At most a hundred custom emoji whose names hold the term, or begin with it, in exactly this spelling; by name."""
    place = StrIndex(F("name"), Value(term))
    rows = _living().annotate(place=place).filter(**{"place": 1} if prefix_only else {"place__gt": 0})
    return [emoji_json(emoji) for emoji in rows.order_by("name")[:FOUND_LIMIT]]


def _living() -> QuerySet[Emoji]:
    return Emoji.objects.filter(delete_at=0)


def _one(rows: QuerySet[Emoji], error: str) -> Emoji:
    emoji = rows.first()
    if emoji is None:
        raise AppError(error, status=404)
    return emoji
