"""Events about what happens to posts after they were made (websocket.md §9). ``post`` is the wire shape."""

from __future__ import annotations

from typing import Any

from mattermost_site.realtime.events import Audience, Event
from messaging.events.encoding import text_of
from messaging.permalinks import Quote
from messaging.post_metadata import without_quote


def post_edited(post: dict[str, Any], quote: Quote | None = None) -> list[Event]:
    """Anything of a post changed. With a quote, those who may not see it get the post without it."""
    channel_id = post["channel_id"]
    if quote is None:
        return [Event("post_edited", {"post": text_of(post)}, Audience(channel_id=channel_id))]
    seeing = Audience(channel_id=channel_id, readers_of=quote.readers)
    others = Audience(channel_id=channel_id, non_readers_of=quote.readers)
    return [
        Event("post_edited", {"post": text_of(post)}, seeing),
        Event("post_edited", {"post": text_of(without_quote(post))}, others),
    ]


def post_deleted(post: dict[str, Any], deleted_by: str) -> list[Event]:
    """A post was deleted; ``post`` is as it was before, without metadata. Only admins hear who did it."""
    text = text_of({key: value for key, value in post.items() if key != "metadata"})
    channel_id = post["channel_id"]
    return [
        Event("post_deleted", {"post": text}, Audience(channel_id=channel_id, sanitized=True)),
        Event("post_deleted", {"post": text, "delete_by": deleted_by}, Audience(channel_id=channel_id, sensitive=True)),
    ]


def ephemeral_message(post: dict[str, Any], user_id: str) -> Event:
    """A message that only one user sees and nobody stores."""
    return Event("ephemeral_message", {"post": text_of(post)}, Audience(user_id=user_id, channel_id=post["channel_id"]))


def post_unread(state: dict[str, Any], post_id: str) -> Event:
    """A user marked a channel as unread from a post on; ``state`` is what the request answers."""
    data = {key: value for key, value in state.items() if not key.endswith("_id")} | {"post_id": post_id}
    audience = Audience(user_id=state["user_id"], channel_id=state["channel_id"], team_id=state["team_id"])
    return Event("post_unread", data, audience)


def acknowledgement_added(acknowledgement: dict[str, Any]) -> Event:
    """Somebody confirmed to have read a post."""
    return _acknowledgement("post_acknowledgement_added", acknowledgement)


def acknowledgement_removed(acknowledgement: dict[str, Any]) -> Event:
    """Somebody took that back."""
    return _acknowledgement("post_acknowledgement_removed", acknowledgement)


def _acknowledgement(name: str, acknowledgement: dict[str, Any]) -> Event:
    audience = Audience(channel_id=acknowledgement["channel_id"])
    return Event(name, {"acknowledgement": text_of(acknowledgement)}, audience)
