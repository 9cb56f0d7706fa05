"""Reading the thread of a post."""

from __future__ import annotations

import pytest

from accounts.models import User
from messaging.models import Channel, Post
from teams.models import Team
from tests.messaging.writer import BAD_BODY, NO_POST, NO_RIGHT, SOME_ID, Writer, make_channel, read, refusal


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


@pytest.fixture
def thread(writer: Writer) -> list[str]:
    """A root and four replies."""
    root = writer.say("root")
    return [root, *(writer.say(f"reply {number}", root) for number in range(4))]


def ask(writer: Writer, post_id: str, query: str = "") -> dict[str, object]:
    found: dict[str, object] = read(writer.get(f"/posts/{post_id}/thread{query}"))
    return found


def cursor(post_id: str) -> str:
    time = Post.objects.values_list("create_at", flat=True).get(id=post_id)
    return f"fromPost={post_id}&fromCreateAt={time}"


def test_it_is_the_same_for_root_and_reply(writer: Writer, thread: list[str]) -> None:
    by_root, by_reply = ask(writer, thread[0]), ask(writer, thread[2])
    assert by_root["posts"] == by_reply["posts"]
    assert by_reply["order"][0] == thread[2]  # type: ignore[index]


def test_it_goes_down_in_steps(writer: Writer, thread: list[str]) -> None:
    first = ask(writer, thread[0], "?perPage=2&direction=down")
    assert (first["order"], first["has_next"]) == (thread[:2], True)
    rest = ask(writer, thread[0], f"?perPage=9&direction=down&{cursor(thread[1])}")
    assert (rest["order"], rest["has_next"]) == ([thread[0], *thread[2:]], False)


def test_it_goes_up_from_the_latest_reply(writer: Writer, thread: list[str]) -> None:
    found = ask(writer, thread[0], "?perPage=2&direction=up")
    assert (found["order"], found["has_next"]) == ([thread[0], thread[4], thread[3]], True)


def test_it_tells_only_what_changed(writer: Writer, thread: list[str]) -> None:
    Post.objects.filter(id__in=thread).update(update_at=1000)
    writer.edit(thread[1], "better")
    found = ask(writer, thread[0], "?updatesOnly=true&direction=down&fromUpdateAt=1000")
    assert found["order"] == [thread[0], thread[1]]


def test_collapsed_only_the_root_knows_of_replies(writer: Writer, thread: list[str]) -> None:
    posts = ask(writer, thread[0], "?collapsedThreads=true")["posts"]
    assert [posts[post_id]["reply_count"] for post_id in thread] == [4, 0, 0, 0, 0]  # type: ignore[index]


def test_without_threads_it_is_the_post_alone(writer: Writer, thread: list[str]) -> None:
    found = ask(writer, thread[2], "?skipFetchThreads=true")
    assert (found["order"], "has_next" in found) == ([thread[2]], False)


@pytest.mark.parametrize(
    "query",
    [
        "perPage=201", "perPage=many", "direction=sideways", "fromCreateAt=noon", f"fromPost={SOME_ID}",
        "updatesOnly=true", "updatesOnly=true&fromUpdateAt=1&direction=up", "fromUpdateAt=1&fromCreateAt=1",
    ],
)  # fmt: skip
def test_it_refuses_nonsense(writer: Writer, thread: list[str], query: str) -> None:
    assert refusal(writer.get(f"/posts/{thread[0]}/thread?{query}")) == (400, BAD_BODY)


def test_it_refuses_outsiders(writer: Writer, thread: list[str], charlie: User) -> None:
    assert refusal(Writer(charlie, writer.channel).get(f"/posts/{thread[0]}/thread")) == (403, NO_RIGHT)


def test_it_does_not_know_deleted_threads(writer: Writer, thread: list[str]) -> None:
    writer.delete(f"/posts/{thread[0]}")
    assert refusal(writer.get(f"/posts/{thread[1]}/thread")) == (404, NO_POST)
