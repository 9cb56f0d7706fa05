"""What tests of channels share."""

from __future__ import annotations

from typing import Any

import orjson

from mattermost_site.realtime.events import Event
from messaging.models import Channel
from teams.models import Team
from tests.cast import ApiClient

NOWHERE = "a" * 26


def read(reply: Any) -> Any:
    """The JSON of a reply."""
    return orjson.loads(reply.content)


def refusal(reply: Any) -> tuple[int, str]:
    """Status and id of an error."""
    return reply.status_code, read(reply)["id"]


def make_channel(client: ApiClient, team: Team, name: str = "garden", type: str = "O", **fields: Any) -> Channel:
    """A channel made by the client's person, who becomes its admin."""
    wanted = {"team_id": team.id, "name": name, "display_name": name.title(), "type": type, **fields}
    reply = client.post("/channels", wanted)
    assert reply.status_code == 201, reply.content
    return Channel.objects.get(id=read(reply)["id"])


def add(client: ApiClient, channel: Channel, *user_ids: str) -> None:
    """Put people into a channel."""
    reply = client.post(f"/channels/{channel.id}/members", {"user_ids": list(user_ids)})
    assert reply.status_code == 201, reply.content


def told(events: list[Event]) -> list[str]:
    """The names of events; of posts also the type."""
    return [event.name if event.name != "posted" else f"posted {post_in(event)['type']}".strip() for event in events]


def post_in(event: Event) -> dict[str, Any]:
    """The post that an event carries."""
    post: dict[str, Any] = orjson.loads(event.data["post"])
    return post
