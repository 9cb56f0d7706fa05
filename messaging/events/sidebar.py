"""Events about the sidebar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mattermost_site.realtime.events import Audience, Event
from messaging.events.encoding import text_of


def sidebar_category_created(user_id: str, team_id: str, category_id: str) -> Event:
    """A user made a category."""
    return Event("sidebar_category_created", {"category_id": category_id}, _to(user_id, team_id))


def sidebar_category_updated(user_id: str, team_id: str, categories: Sequence[dict[str, Any]]) -> Event:
    """Categories of a user changed; ``categories`` are their wire shapes."""
    data = {"updatedCategories": text_of(list(categories))}
    return Event("sidebar_category_updated", data, _to(user_id, team_id))


def sidebar_category_deleted(user_id: str, team_id: str, category_id: str) -> Event:
    """A user deleted a category."""
    return Event("sidebar_category_deleted", {"category_id": category_id}, _to(user_id, team_id))


def sidebar_category_order_updated(user_id: str, team_id: str, order: Sequence[str]) -> Event:
    """A user put the categories, all of which ``order`` names by id, into another order."""
    return Event("sidebar_category_order_updated", {"order": list(order)}, _to(user_id, team_id))


def sidebar_touched(user_id: str) -> Event:
    """Settings of a user changed, and with them perhaps the sidebar of any team."""
    return Event("sidebar_category_updated", {}, Audience(user_id=user_id))


def _to(user_id: str, team_id: str) -> Audience:
    return Audience(user_id=user_id, team_id=team_id)
