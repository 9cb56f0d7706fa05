"""Events about new posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mattermost_site.realtime.events import Audience, Event
from messaging.events.encoding import text_of
from messaging.models import Channel
from messaging.permalinks import Quote
from messaging.post_metadata import without_quote

Extras = Mapping[str, Mapping[str, Any]]


def posted(
    post: dict[str, Any],
    channel: Channel,
    *,
    channel_display_name: str,
    sender_name: str,
    set_online: bool,
    extras: Extras | None = None,
    quote: Quote | None = None,
) -> list[Event]:
    """A post was made. ``extras`` add ``mentions``, ``followers`` and ``should_ack`` for single recipients.

    With a quote, those who may not see it get the post without it.
    """
    data: dict[str, Any] = {
        "channel_display_name": channel_display_name,
        "channel_name": channel.name,
        "channel_type": channel.type,
        "post": text_of(post),
        "sender_name": sender_name,
        "set_online": set_online,
        "team_id": channel.team_id,
    }
    if post["file_ids"]:
        data["otherFile"] = "true"
        if any(file["mime_type"].startswith("image/") for file in post["metadata"].get("files", ())):
            data["image"] = "true"
    extras = extras or {}
    if quote is None:
        return [Event("posted", data, Audience(channel_id=channel.id), extras=extras)]
    stripped = data | {"post": text_of(without_quote(post))}
    return [
        Event("posted", data, Audience(channel_id=channel.id, readers_of=quote.readers), extras=extras),
        Event("posted", stripped, Audience(channel_id=channel.id, non_readers_of=quote.readers), extras=extras),
    ]
