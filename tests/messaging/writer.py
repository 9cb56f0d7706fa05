"""What the tests of posts share: a person who writes in one channel."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse

from accounts.models import User
from files.models import FileInfo
from mattermost_site import clock
from mattermost_site.ids import new_id
from mattermost_site.realtime.events import Event
from messaging.actions.channels import NewChannel, create_channel
from messaging.actions.members import store_member
from messaging.models import Channel, Post
from teams.models import Team
from tests.cast import ApiClient, actor_of

NO_RIGHT = "api.context.permissions.app_error"
NO_POST = "app.post.get.app_error"
BAD_BODY = "api.context.invalid_body_param.app_error"
BAD_URL = "api.context.invalid_url_param.app_error"
SOME_ID = "x" * 26


class Writer(ApiClient):
    """Writes in one channel. What is posted lies a second apart, so that order does not depend on the machine."""

    def __init__(self, user: User, channel: Channel) -> None:
        super().__init__(user)
        self.me, self.channel = user, channel

    def say(self, message: str, root: str = "", **more: Any) -> str:
        """Post; the id."""
        body = {"channel_id": self.channel.id, "message": message, "root_id": root} | more
        made: str = read(self.post("/posts", body))["id"]
        _place_last(made, self.channel.id)
        return made

    def page(self, query: str = "") -> Any:
        """Posts of the channel."""
        return read(self.get(f"/channels/{self.channel.id}/posts{query}"))

    def edit(self, post_id: str, message: str) -> Any:
        """Patch the text; the post."""
        return read(self.put(f"/posts/{post_id}/patch", {"message": message}))


def _place_last(post_id: str, channel_id: str) -> None:
    """Move a new post to a second after the newest one, as if time had gone by."""
    newest = Post.objects.filter(channel_id=channel_id, original_id="").exclude(id=post_id).order_by("-create_at")
    time = max(newest.values_list("create_at", flat=True).first() or 0, clock.now() - clock.DAY) + clock.SECOND
    Post.objects.filter(id=post_id).update(create_at=time, update_at=time)


def read(response: HttpResponse) -> Any:
    """The JSON of an answer."""
    return orjson.loads(response.content)


def refusal(response: HttpResponse) -> tuple[int, str]:
    """Status and id of an error."""
    return response.status_code, read(response)["id"]


def named(events: list[Event], name: str) -> list[Event]:
    """The events of one kind."""
    return [event for event in events if event.name == name]


def carried(event: Event, key: str = "post") -> Any:
    """The object that an event carries as text."""
    return orjson.loads(event.data[key])


def make_channel(team: Team, creator: User, *members: User, name: str = "talk", type: str = "O") -> Channel:
    """A channel of its creator and other members."""
    wanted = NewChannel(team_id=team.id, name=name, display_name=name.title(), type=type)
    channel = create_channel(actor=actor_of(creator), creator=creator, wanted=wanted)
    for member in members:
        store_member(channel=channel, user=member)
    return channel


def make_file(owner: User, channel: Channel, name: str = "a.txt", post_id: str = "") -> FileInfo:
    """A stored file, as an upload would leave it."""
    now = clock.now()
    info = FileInfo(
        id=new_id(),
        creator_id=owner.id,
        post_id=post_id,
        channel_id=channel.id,
        create_at=now,
        update_at=now,
        path=f"files/{name}",
        name=name,
        extension=name.rpartition(".")[2],
        size=3,
        mime_type="text/plain",
    )
    info.save(force_insert=True)
    return info
