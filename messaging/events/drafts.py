"""Events about drafts, for the other connections of their author (websocket.md §9)."""

from __future__ import annotations

from typing import Any

from mattermost_site.realtime.events import Audience, Event
from messaging.events.encoding import text_of


def draft_created(draft: dict[str, Any], connection_id: str) -> Event:
    """A draft was saved, for the first time or again; ``connection_id`` is the one that did it."""
    return _draft("draft_created", draft, connection_id)


def draft_deleted(draft: dict[str, Any], connection_id: str) -> Event:
    """A draft was thrown away."""
    return _draft("draft_deleted", {key: value for key, value in draft.items() if key != "metadata"}, connection_id)


def _draft(name: str, draft: dict[str, Any], connection_id: str) -> Event:
    audience = Audience(user_id=draft["user_id"], channel_id=draft["channel_id"], omit_connection_id=connection_id)
    return Event(name, {"draft": text_of(draft)}, audience)
