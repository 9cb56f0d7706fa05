"""Events about reactions (websocket.md §9)."""

from __future__ import annotations

from typing import Any

from mattermost_site.realtime.events import Audience, Event
from messaging.events.encoding import text_of


def reaction_added(reaction: dict[str, Any]) -> Event:
    """Somebody reacted to a post."""
    data = {"reaction": text_of(reaction)}
    return Event("reaction_added", data, Audience(channel_id=reaction["channel_id"]))


def reaction_removed(reaction: dict[str, Any], channel_id: str) -> Event:
    """Somebody took a reaction back; as recorded, the object itself does not name the channel."""
    data = {"reaction": text_of(reaction)}
    return Event("reaction_removed", data, Audience(channel_id=channel_id))
