"""Sending the same post again: ``pending_post_id``."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import clock
from mattermost_site.realtime.events import Event
from messaging.actions import pending_posts
from messaging.models import Channel, PendingPost, Post
from messaging.tasks import forget_pending_posts
from teams.models import Team
from tests.messaging.writer import Writer, make_channel, named, read

PENDING = "someone:1700000000000"


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


def send(writer: Writer, message: str = "only once", pending: str = PENDING, **fields: Any) -> Any:
    body = {"channel_id": writer.channel.id, "message": message, "pending_post_id": pending, **fields}
    return read(writer.post("/posts", body))


def test_it_answers_the_stored_post_and_makes_no_second_one(writer: Writer, events: list[Event]) -> None:
    first = send(writer)
    events.clear()
    again = send(writer, "other words")
    assert (again["id"], again["message"]) == (first["id"], "only once")
    assert (Post.objects.filter(message="only once").count(), named(events, "posted")) == (1, [])


def test_it_repeats_the_pending_id_to_clients_only_once(writer: Writer) -> None:
    assert [send(writer)["pending_post_id"] for _ in range(2)] == [PENDING, ""]


def test_it_takes_other_pending_ids_for_other_posts(writer: Writer) -> None:
    assert send(writer)["id"] != send(writer, pending="another " * 20)["id"]


def test_it_leaves_the_pending_id_free_when_the_post_is_refused(writer: Writer) -> None:
    assert send(writer, root_id="x" * 26)["status_code"] == 400
    assert send(writer)["message"] == "only once"


def test_it_counts_the_post_once(writer: Writer) -> None:
    for _ in range(3):
        send(writer)
    assert Channel.objects.get(id=writer.channel.id).total_msg_count == 1


def test_it_shows_nobody_a_post_that_they_cannot_read(writer: Writer, bob: User, team: Team, alice: User) -> None:
    send(Writer(alice, make_channel(team, alice, name="secret", type="P")), "not for bob")
    assert send(Writer(bob, writer.channel), "of bob")["message"] == "of bob"


def test_it_forgets_after_a_while(writer: Writer) -> None:
    first = send(writer)
    PendingPost.objects.update(create_at=clock.now() - pending_posts.REMEMBERED - 1)
    assert send(writer)["id"] != first["id"]


def test_it_keeps_no_old_pending_ids(writer: Writer) -> None:
    send(writer)
    send(writer, pending="a new one")
    PendingPost.objects.filter(post_id=Post.objects.order_by("create_at").last().id).update(create_at=1)  # type: ignore[union-attr]
    forget_pending_posts()
    assert PendingPost.objects.count() == 1
