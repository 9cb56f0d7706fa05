"""Messages that one person sees and nobody stores, and notices of typing."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site.realtime.events import Event
from messaging.models import Channel, Post
from teams.models import Team
from tests.messaging.writer import BAD_BODY, NO_RIGHT, SOME_ID, Writer, carried, make_channel, named, read, refusal


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def sender(admin: User, channel: Channel) -> Writer:
    """The system admin."""
    return Writer(admin, channel)


def show(sender: Writer, recipient: str, **post: Any) -> Any:
    body = {"user_id": recipient, "post": {"channel_id": sender.channel.id, "message": "only for you", **post}}
    return sender.post("/posts/ephemeral", body)


def test_it_reaches_one_user_and_is_not_stored(sender: Writer, bob: User, events: list[Event]) -> None:
    before = Post.objects.count()
    made = read(show(sender, bob.id, type="custom_x", user_id=bob.id))
    (event,) = named(events, "ephemeral_message")
    assert (event.audience.user_id, event.audience.channel_id) == (bob.id, sender.channel.id)
    assert (carried(event)["type"], carried(event)["user_id"]) == ("system_ephemeral", sender.me.id)
    assert (made["update_at"], made["file_ids"], Post.objects.count()) == (0, None, before)


@pytest.mark.parametrize(
    "body", [{"post": {}}, {"user_id": SOME_ID}, {"user_id": SOME_ID, "post": "x"}, {"user_id": 1}]
)
def test_it_refuses_what_lacks_a_user_or_a_post(sender: Writer, body: Any) -> None:
    assert refusal(sender.post("/posts/ephemeral", body)) == (400, BAD_BODY)


def test_it_refuses_channel_and_team_admins(alice: User, bob: User, channel: Channel) -> None:
    assert refusal(show(Writer(alice, channel), bob.id)) == (403, NO_RIGHT)


def test_typing_is_told_to_the_others(alice: User, channel: Channel, events: list[Event]) -> None:
    Writer(alice, channel).post("/users/me/typing", {"channel_id": channel.id, "parent_id": SOME_ID})
    (event,) = named(events, "typing")
    assert (event.data, event.audience.omit_users) == ({"parent_id": SOME_ID, "user_id": alice.id}, (alice.id,))


@pytest.mark.parametrize("channel_id", [SOME_ID, "short", ""])
def test_typing_needs_a_channel_where_one_may_write(alice: User, channel: Channel, channel_id: str) -> None:
    assert refusal(Writer(alice, channel).post("/users/me/typing", {"channel_id": channel_id})) == (403, NO_RIGHT)


def test_nobody_types_for_another(alice: User, bob: User, channel: Channel) -> None:
    reply = Writer(alice, channel).post(f"/users/{bob.id}/typing", {"channel_id": channel.id})
    assert refusal(reply) == (403, NO_RIGHT)
