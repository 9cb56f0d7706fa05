"""Events about custom emoji (websocket.md §9)."""

from __future__ import annotations

from typing import Any

from mattermost_site.realtime.events import Audience, Event
from messaging.events.encoding import text_of


def emoji_added(emoji: dict[str, Any]) -> Event:
    """There is a new emoji; nobody is told when one is deleted."""
    return Event("emoji_added", {"emoji": text_of(emoji)}, Audience())
