"""What the tests of the sidebar share."""

from __future__ import annotations

from typing import Any

import orjson

from accounts.models import User
from messaging.actions.channels import NewChannel, create_channel
from messaging.models import Channel
from teams.models import Team
from tests.cast import ApiClient, actor_of


class Arranger:
    """A person who arranges the sidebar of a team."""

    def __init__(self, client: ApiClient, user: User, team: Team) -> None:
        self.client, self.user, self.team = client, user, team
        self.base = f"/users/{user.id}/teams/{team.id}/channels/categories"
        self.favorites, self.channels, self.direct_messages = (
            f"{type}_{user.id}_{team.id}" for type in ("favorites", "channels", "direct_messages")
        )

    def make(self, name: str, *channels: Channel, **more: Any) -> str:
        """A custom category; its id."""
        made: str = orjson.loads(self.client.post(self.base, self.entry("", name, *channels, **more)).content)["id"]
        return made

    def entry(self, id: str, name: str, *channels: Channel, **more: Any) -> dict[str, Any]:
        """A category as clients send it."""
        ids = [channel.id for channel in channels]
        fields = {"id": id, "user_id": self.user.id, "team_id": self.team.id, "display_name": name, "channel_ids": ids}
        return fields | more

    def put(self, id: str, name: str, *channels: Channel, **more: Any) -> Any:
        """Change one category; the answer."""
        return orjson.loads(self.client.put(f"{self.base}/{id}", self.entry(id, name, *channels, **more)).content)

    def put_all(self, *entries: dict[str, Any]) -> Any:
        """Change several categories; the answer."""
        return orjson.loads(self.client.put(self.base, list(entries)).content)

    def shown(self) -> dict[str, list[str]]:
        """The display names of what is under each category, by category id; ids of channels without a name."""
        names = dict(Channel.objects.exclude(display_name="").values_list("id", "display_name"))
        found = orjson.loads(self.client.get(self.base).content)["categories"]
        return {row["id"]: [names.get(id, id) for id in row["channel_ids"]] for row in found}


def channel_of(user: User, team: Team, name: str, type: str = "O") -> Channel:
    """A channel that a person made and is in."""
    wanted = NewChannel(team_id=team.id, name=name.lower(), display_name=name, type=type)
    return create_channel(actor=actor_of(user), creator=user, wanted=wanted)
