"""Pinning posts."""

from __future__ import annotations

import pytest

from accounts.models import User
from mattermost_site.realtime.events import Event
from messaging.models import Channel, Post
from teams.models import Team
from tests.messaging.writer import NO_RIGHT, SOME_ID, Writer, carried, make_channel, named, read, refusal


@pytest.fixture
def channel(team: Team, alice: User) -> Channel:
    """A public channel of alice."""
    return make_channel(team, alice)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


def pinned(writer: Writer) -> list[str]:
    found: list[str] = read(writer.get(f"/channels/{writer.channel.id}/pinned"))["order"]
    return found


def test_it_lists_pinned_posts_the_oldest_first(writer: Writer) -> None:
    first, second, _ = (writer.say(text) for text in ("one", "two", "three"))
    for post_id in (second, first):
        writer.post(f"/posts/{post_id}/pin")
    assert pinned(writer) == [first, second]


def test_unpinning_takes_it_off(writer: Writer) -> None:
    post_id = writer.say("one")
    writer.post(f"/posts/{post_id}/pin")
    writer.post(f"/posts/{post_id}/unpin")
    assert pinned(writer) == []


def test_it_is_no_edit_but_leaves_a_version(writer: Writer, events: list[Event]) -> None:
    post_id = writer.say("one")
    writer.post(f"/posts/{post_id}/pin")
    shape = carried(named(events, "post_edited")[0])
    assert (shape["is_pinned"], shape["edit_at"]) == (True, 0)
    assert Post.objects.filter(original_id=post_id).count() == 1


def test_whoever_reads_may_pin(writer: Writer, bob: User) -> None:
    post_id = writer.say("one")
    assert read(Writer(bob, writer.channel).post(f"/posts/{post_id}/pin")) == {"status": "OK"}


def test_it_refuses_outsiders_and_unknown_posts_alike(writer: Writer, charlie: User) -> None:
    post_id = writer.say("one")
    assert refusal(Writer(charlie, writer.channel).post(f"/posts/{post_id}/pin")) == (403, NO_RIGHT)
    assert refusal(writer.post(f"/posts/{SOME_ID}/pin")) == (403, NO_RIGHT)


def test_the_list_answers_304_until_something_changes(writer: Writer) -> None:
    post_id = writer.say("one")
    writer.post(f"/posts/{post_id}/pin")
    path = f"/channels/{writer.channel.id}/pinned"
    etag = writer.get(path)["ETag"]
    assert writer.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 304
    writer.edit(post_id, "two")
    assert writer.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 200
