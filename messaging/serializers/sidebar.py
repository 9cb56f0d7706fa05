"""Wire shapes of the sidebar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from messaging.models import SidebarCategory
from messaging.queries.sidebar import Category


def category_json(category: SidebarCategory | Category, channel_ids: Sequence[str]) -> dict[str, Any]:
    """A category with its channels in order (semantics §12.2)."""
    return {
        "id": category.id,
        "user_id": category.user_id,
        "team_id": category.team_id,
        "sort_order": category.sort_order,
        "sorting": category.sorting,
        "type": category.type,
        "display_name": category.display_name,
        "muted": category.muted,
        "collapsed": category.collapsed,
        "channel_ids": list(channel_ids),
    }


def categories_json(categories: Sequence[Category]) -> list[dict[str, Any]]:
    """Categories with all that shows under them."""
    return [category_json(category, category.channel_ids) for category in categories]


def sidebar_json(categories: Sequence[Category]) -> dict[str, Any]:
    """A whole sidebar in order."""
    return {"categories": categories_json(categories), "order": [category.id for category in categories]}
