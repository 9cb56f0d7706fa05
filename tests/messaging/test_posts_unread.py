"""The posts around the first unread one."""

from __future__ import annotations

import pytest

from accounts.models import User
from messaging.models import Channel, ChannelMember, Post
from teams.models import Team
from tests.messaging.writer import BAD_URL, NO_RIGHT, Writer, make_channel, read, refusal


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob without any post."""
    made = make_channel(team, alice, bob)
    Post.objects.filter(channel_id=made.id).delete()
    return made


@pytest.fixture
def posts(alice: User, channel: Channel) -> list[str]:
    """Six posts of alice, the oldest first."""
    writer = Writer(alice, channel)
    return [writer.say(f"message {number}") for number in range(6)]


@pytest.fixture
def reader(bob: User, channel: Channel, posts: list[str]) -> Writer:
    """bob, who has seen the first three."""
    seen = Post.objects.values_list("create_at", flat=True).get(id=posts[2])
    ChannelMember.objects.filter(channel_id=channel.id, user_id=bob.id).update(last_viewed_at=seen)
    return Writer(bob, channel)


def path(reader: Writer, query: str = "", user: str = "me") -> str:
    return f"/users/{user}/channels/{reader.channel.id}/posts/unread{query}"


def test_it_shows_both_sides_of_the_first_unread_post(reader: Writer, posts: list[str]) -> None:
    found = read(reader.get(path(reader, "?limit_before=2&limit_after=2")))
    assert found["order"] == [posts[4], posts[3], posts[2], posts[1]]
    assert (found["next_post_id"], found["prev_post_id"]) == (posts[5], posts[0])


def test_it_shows_the_latest_when_all_is_read(reader: Writer, bob: User, posts: list[str]) -> None:
    last = Post.objects.values_list("create_at", flat=True).get(id=posts[5])
    ChannelMember.objects.filter(channel_id=reader.channel.id, user_id=bob.id).update(last_viewed_at=last)
    assert read(reader.get(path(reader, "?limit_before=2")))["order"] == [posts[5], posts[4]]


def test_it_shows_the_latest_to_who_was_never_there(reader: Writer, bob: User, posts: list[str]) -> None:
    ChannelMember.objects.filter(channel_id=reader.channel.id, user_id=bob.id).update(last_viewed_at=0)
    assert read(reader.get(path(reader, "?limit_before=1")))["order"] == [posts[5]]


def test_collapsed_it_skips_replies(reader: Writer, alice: User, posts: list[str]) -> None:
    reply = Writer(alice, reader.channel).say("reply", posts[0])
    found = read(reader.get(path(reader, "?limit_before=1&limit_after=9&collapsedThreads=true")))
    assert reply not in found["posts"]


def test_it_needs_room_for_the_unread_post(reader: Writer) -> None:
    assert refusal(reader.get(path(reader, "?limit_after=0"))) == (400, BAD_URL)


def test_it_refuses_to_look_through_somebody_elses_eyes(reader: Writer, alice: User) -> None:
    assert refusal(reader.get(path(reader, user=alice.id))) == (403, NO_RIGHT)


def test_it_lets_admins_do_so(reader: Writer, admin: User, bob: User, posts: list[str]) -> None:
    found = read(Writer(admin, reader.channel).get(path(reader, "?limit_before=0&limit_after=1", bob.id)))
    assert found["order"] == [posts[3]]


def test_it_is_not_for_who_is_no_member(team: Team, reader: Writer, alice: User) -> None:
    other = make_channel(team, alice, name="other")
    answer = reader.get(f"/users/me/channels/{other.id}/posts/unread")
    assert refusal(answer) == (404, "app.channel.get_member.missing.app_error")


@pytest.mark.usefixtures("serving")
def test_it_takes_two_statements(reader: Writer, django_assert_num_queries: object) -> None:
    reader.get(path(reader))
    with django_assert_num_queries(2):  # type: ignore[operator]
        reader.get(path(reader))
