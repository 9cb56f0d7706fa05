"""Following and reading threads."""

from __future__ import annotations

import pytest

from accounts.models import User
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, Post, ThreadMembership
from teams.models import Team
from tests.messaging.writer import BAD_URL, NO_POST, NO_RIGHT, SOME_ID, Writer, make_channel, named, read, refusal

NOT_FOLLOWED = "app.user.get_threads_for_user.not_found"
NEVER_FOLLOWED = "app.user.get_thread_membership_for_user.not_found"


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


@pytest.fixture
def answerer(bob: User, channel: Channel) -> Writer:
    """bob."""
    return Writer(bob, channel)


@pytest.fixture
def thread(writer: Writer, answerer: Writer) -> list[str]:
    """A post of alice and three replies of bob, of which the first and the last name alice."""
    root = writer.say("root")
    return [root, *(answerer.say(text, root) for text in ("@alice one", "two", "@alice three"))]


def path(team: Team, thread: list[str], rest: str = "", user: str = "me") -> str:
    return f"/users/{user}/teams/{team.id}/threads/{thread[0]}{rest}"


def time_of(post_id: str) -> int:
    time: int = Post.objects.values_list("create_at", flat=True).get(id=post_id)
    return time


def unread(thread: dict[str, int]) -> tuple[int, int]:
    return thread["unread_replies"], thread["unread_mentions"]


def test_the_author_of_the_root_follows(writer: Writer, team: Team, thread: list[str]) -> None:
    assert unread(read(writer.get(path(team, thread)))) == (3, 2)


def test_who_never_followed_finds_nothing(writer: Writer, team: Team, thread: list[str], admin: User) -> None:
    answer = Writer(admin, writer.channel).get(path(team, thread))
    assert refusal(answer) == (404, NEVER_FOLLOWED)


def test_who_stopped_finds_nothing(writer: Writer, team: Team, thread: list[str], events: list[Event]) -> None:
    writer.delete(path(team, thread, "/following"))
    assert refusal(writer.get(path(team, thread))) == (404, NOT_FOLLOWED)
    assert named(events, "thread_follow_changed")[0].data == {
        "thread_id": thread[0],
        "state": False,
        "reply_count": 3,
    }


def test_following_again_means_that_all_is_read(writer: Writer, team: Team, thread: list[str]) -> None:
    writer.delete(path(team, thread, "/following"))
    writer.put(path(team, thread, "/following"))
    Post.objects.filter(id__in=thread).update(create_at=1000)
    assert unread(read(writer.get(path(team, thread)))) == (0, 0)


def test_following_needs_membership_of_the_channel(writer: Writer, team: Team, thread: list[str], bob: User) -> None:
    ChannelMember.objects.filter(channel_id=writer.channel.id, user_id=bob.id).delete()
    answer = Writer(bob, writer.channel).put(path(team, thread, "/following"))
    assert refusal(answer) == (403, NO_RIGHT)


def test_it_is_not_done_for_others(writer: Writer, team: Team, thread: list[str], bob: User) -> None:
    for answer in (
        Writer(bob, writer.channel).put(path(team, thread, "/following", writer.me.id)),
        Writer(bob, writer.channel).put(path(team, thread, "/read/5", writer.me.id)),
        Writer(bob, writer.channel).post(path(team, thread, f"/set_unread/{thread[1]}", writer.me.id)),
    ):
        assert refusal(answer) == (403, NO_RIGHT)


def test_it_is_read_up_to_a_time(writer: Writer, team: Team, thread: list[str], events: list[Event]) -> None:
    found = read(writer.put(path(team, thread, f"/read/{time_of(thread[2])}")))
    assert unread(found) == (1, 1)
    data = named(events, "thread_read_changed")[0].data
    assert (data["previous_unread_replies"], data["unread_replies"], data["unread_mentions"]) == (3, 1, 1)


def test_it_needs_a_time(writer: Writer, team: Team, thread: list[str]) -> None:
    assert refusal(writer.put(path(team, thread, "/read/0"))) == (400, BAD_URL)


def test_unread_from_a_reply_on(writer: Writer, team: Team, thread: list[str]) -> None:
    assert unread(read(writer.post(path(team, thread, f"/set_unread/{thread[3]}")))) == (1, 1)


def test_unread_follows_the_thread_even_if_the_post_is_of_another(
    writer: Writer, team: Team, thread: list[str]
) -> None:
    ThreadMembership.objects.filter(user_id=writer.me.id).update(following=False)
    other = writer.say("elsewhere")
    refused = refusal(writer.post(path(team, thread, f"/set_unread/{other}")))
    assert refused == (400, "app.user.update_thread_read_for_user_by_post.app_error")
    assert refusal(writer.post(path(team, thread, f"/set_unread/{SOME_ID}"))) == (404, NO_POST)
    assert ThreadMembership.objects.get(post_id=thread[0], user_id=writer.me.id).following


def test_all_of_a_team_are_read_at_once(writer: Writer, team: Team, thread: list[str], events: list[Event]) -> None:
    Post.objects.filter(id__in=thread).update(create_at=1000)
    writer.put(f"/users/me/teams/{team.id}/threads/read")
    assert unread(read(writer.get(path(team, thread)))) == (0, 0)
    assert named(events, "thread_read_changed")[0].data == {}
