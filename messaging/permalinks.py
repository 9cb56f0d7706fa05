"""Links to other posts, and what is quoted of these (semantics §8.6)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mattermost_site import config
from mattermost_site.actor import Actor
from mattermost_site.config.site import site_url
from mattermost_site.realtime.events import Readers
from messaging.access import load_accesses
from messaging.links import first_link
from messaging.models import Channel
from messaging.permissions import OPEN, reads_content
from messaging.queries.post_rows import COUNTED, WirePost, fetch, marks
from teams.models import Team


@dataclass(slots=True)
class Quote:
    """A post that another one links to, with its place; ``team_name`` is ``""`` for direct and group channels."""

    post: WirePost
    channel: Channel
    team_name: str

    @property
    def readers(self) -> Readers:
        """Who may see it."""
        return Readers(self.channel.id, self.channel.team_id if self.channel.type == OPEN else "")

    def json(self) -> dict[str, Any]:
        """The data of an embed of type ``permalink``."""
        return {
            "post_id": self.post["id"],
            "post": self.post,
            "team_name": self.team_name,
            "channel_display_name": self.channel.display_name,
            "channel_type": self.channel.type,
            "channel_id": self.channel.id,
        }


@lru_cache(maxsize=8)
def _pattern(site: str) -> re.Pattern[str]:
    """Whose team a link names does not matter. Without a SiteURL, links to any host may be meant for this site."""
    origin = re.escape(site) if site else r"https?://[^/\s]+"
    return re.compile(origin + r"/[a-z0-9_-]+/pl/([A-Za-z0-9]{26})")


def target_of(message: str) -> str:
    """The id of the post that the first link of a message leads to; ``""`` when it leads elsewhere."""
    if "/pl/" not in message:
        return ""
    match = _pattern(site_url()).fullmatch(first_link(message))
    return match[1] if match else ""


def previewed(message: str) -> str:
    """The id that a post with this message keeps as its quote: that of a post that exists, ``""`` without previews."""
    target = target_of(message) if config.current().service.enable_permalink_previews else ""
    return target if target and find_quotes([target]) else ""


def find_quotes(post_ids: Collection[str]) -> dict[str, Quote]:
    """Those of the posts that exist and are not deleted, by id, whoever may read them. Three statements at most."""
    if not post_ids:
        return {}
    posts = fetch(f"{COUNTED} WHERE p.id IN ({marks(post_ids)}) AND p.deleteat = 0", [*post_ids])
    channels = Channel.objects.in_bulk({post["channel_id"] for post in posts}) if posts else {}
    team_ids = {channel.team_id for channel in channels.values() if channel.team_id}
    names = dict(Team.objects.filter(id__in=team_ids).values_list("id", "name")) if team_ids else {}
    quotes = {}
    for post in posts:
        post["metadata"] = {}  # a quoted post shows no priority
        if channel := channels.get(post["channel_id"]):
            quotes[post["id"]] = Quote(post, channel, names.get(channel.team_id, ""))
    return quotes


def readable(reader: Actor, quotes: dict[str, Quote]) -> set[str]:
    """The ids of the quotes that a reader may see. One statement."""
    accesses = load_accesses(reader.user_id, {quote.channel.id for quote in quotes.values()})
    return {
        post_id
        for post_id, quote in quotes.items()
        if (access := accesses.get(quote.channel.id)) and reads_content(reader, access)
    }
