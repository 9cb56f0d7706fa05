"""Pages of a channel's posts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from messaging.models import Channel, Post
from teams.models import Team
from tests.messaging.writer import BAD_BODY, NO_RIGHT, SOME_ID, Writer, make_channel, make_file, read, refusal


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob without any post."""
    made = make_channel(team, alice, bob)
    Post.objects.filter(channel_id=made.id).delete()
    return made


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


@pytest.fixture
def posts(writer: Writer) -> list[str]:
    """Five posts, the oldest first."""
    return [writer.say(f"message {number}") for number in range(5)]


def test_it_lists_the_newest_first(writer: Writer, posts: list[str]) -> None:
    assert writer.page()["order"] == posts[::-1]


def test_it_names_the_neighbours_of_a_page(writer: Writer, posts: list[str]) -> None:
    page = writer.page("?page=1&per_page=2")
    assert (page["next_post_id"], page["order"], page["prev_post_id"]) == (posts[3], [posts[2], posts[1]], posts[0])


def test_it_is_empty_after_the_last_page(writer: Writer, posts: list[str]) -> None:
    page = writer.page("?page=5&per_page=1")
    assert (page["order"], page["next_post_id"], page["prev_post_id"]) == ([], "", "")


def test_it_reads_what_is_before_a_post(writer: Writer, posts: list[str]) -> None:
    page = writer.page(f"?before={posts[3]}&per_page=2")
    assert (page["next_post_id"], page["order"], page["prev_post_id"]) == (posts[3], [posts[2], posts[1]], posts[0])


def test_it_reads_what_is_after_a_post(writer: Writer, posts: list[str]) -> None:
    page = writer.page(f"?after={posts[0]}&per_page=2&page=1")
    assert (page["next_post_id"], page["order"], page["prev_post_id"]) == ("", [posts[4], posts[3]], posts[2])


def test_it_tells_posts_of_the_same_millisecond_apart(writer: Writer, posts: list[str]) -> None:
    Post.objects.filter(id__in=posts).update(create_at=1_700_000_000_000)
    seen, last = list(writer.page("?per_page=1")["order"]), ""
    while len(seen) < len(posts):
        last = seen[-1]
        seen += writer.page(f"?before={last}&per_page=1")["order"]
    assert sorted(seen) == sorted(posts)


def test_it_brings_the_thread_of_a_reply(writer: Writer, posts: list[str]) -> None:
    first, second = writer.say("one", posts[0]), writer.say("two", posts[0])
    page = writer.page("?per_page=1")
    assert page["order"] == [second]
    assert page["posts"].keys() == {posts[0], first, second}


def test_it_brings_only_the_root_when_threads_are_skipped(writer: Writer, posts: list[str]) -> None:
    writer.say("one", posts[0])
    second = writer.say("two", posts[0])
    page = writer.page("?per_page=1&skipFetchThreads=true")
    assert {post_id: post["reply_count"] for post_id, post in page["posts"].items()} == {posts[0]: 2, second: 2}


def test_collapsed_it_lists_roots_with_their_threads(writer: Writer, bob: User, posts: list[str]) -> None:
    Writer(bob, writer.channel).say("reply", posts[4])
    page = writer.page("?collapsedThreads=true&per_page=1")
    root = page["posts"][posts[4]]
    assert (page["order"], root["reply_count"], root["is_following"]) == ([posts[4]], 1, True)
    assert [person["id"] for person in root["participants"]] == [bob.id]


def test_collapsed_and_extended_it_tells_of_the_participants(writer: Writer, bob: User, posts: list[str]) -> None:
    Writer(bob, writer.channel).say("reply", posts[4])
    root = writer.page("?collapsedThreads=true&collapsedThreadsExtended=true&per_page=1")["posts"][posts[4]]
    assert root["participants"][0]["username"] == "bob"


def test_since_a_time_it_brings_deleted_posts_without_their_text(writer: Writer, posts: list[str]) -> None:
    since = read(writer.get(f"/posts/{posts[4]}"))["create_at"]
    writer.delete(f"/posts/{posts[1]}")
    page = writer.page(f"?since={since}")
    assert page["order"] == [posts[1]]
    assert page["posts"][posts[1]]["message"] == ""


def test_it_hides_deleted_posts(writer: Writer, posts: list[str]) -> None:
    writer.delete(f"/posts/{posts[1]}")
    assert posts[1] not in writer.page()["posts"]


def test_it_shows_deleted_posts_to_admins_only(writer: Writer, admin: User, posts: list[str]) -> None:
    writer.delete(f"/posts/{posts[1]}")
    path = f"/channels/{writer.channel.id}/posts?include_deleted=true"
    assert posts[1] in Writer(admin, writer.channel).page("?include_deleted=true")["order"]
    assert refusal(writer.get(path)) == (403, NO_RIGHT)


def test_it_serves_the_team_in_a_public_channel(team: Team, writer: Writer, bob: User, posts: list[str]) -> None:
    other = make_channel(team, writer.me, name="other")
    Writer(writer.me, other).say("here")
    assert len(Writer(bob, other).page()["order"]) == 2  # and the post about the channel's creation


def test_it_refuses_outsiders(writer: Writer, charlie: User, posts: list[str]) -> None:
    assert refusal(Writer(charlie, writer.channel).get(f"/channels/{writer.channel.id}/posts")) == (403, NO_RIGHT)


def test_it_refuses_the_team_in_a_private_channel(team: Team, writer: Writer, bob: User) -> None:
    secret = make_channel(team, writer.me, name="secret", type="P")
    assert refusal(Writer(bob, secret).get(f"/channels/{secret.id}/posts")) == (403, NO_RIGHT)


def test_it_refuses_unknown_channels(writer: Writer) -> None:
    assert refusal(writer.get(f"/channels/{SOME_ID}/posts")) == (404, "app.channel.get.existing.app_error")


@pytest.mark.parametrize("query", ["before=short", "after=short", "since=noon"])
def test_it_refuses_bad_parameters(writer: Writer, query: str) -> None:
    assert refusal(writer.get(f"/channels/{writer.channel.id}/posts?{query}")) == (400, BAD_BODY)


def test_it_answers_304_to_who_has_the_page(writer: Writer, posts: list[str]) -> None:
    path = f"/channels/{writer.channel.id}/posts"
    etag = writer.get(path)["ETag"]
    assert writer.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 304
    writer.edit(posts[0], "changed")
    assert writer.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 200


def statements(writer: Writer, query: str) -> int:
    """How many statements a page takes, the session being known."""
    writer.page(query)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        writer.page(query)
    return len(queries)


@pytest.mark.parametrize(("query", "count"), [("", 3), ("?collapsedThreads=true", 3), ("?skipFetchThreads=true", 3)])
@pytest.mark.usefixtures("serving")
def test_it_takes_three_statements_for_plain_posts(writer: Writer, posts: list[str], query: str, count: int) -> None:
    assert statements(writer, query) == count


def decorate(writer: Writer, post_id: str, other: Any) -> None:
    """Give a post everything that posts can have."""
    writer.post("/reactions", {"user_id": writer.me.id, "post_id": post_id, "emoji_name": "smile"})
    info = make_file(writer.me, writer.channel)
    writer.put(f"/posts/{post_id}/patch", {"file_ids": [info.id], "message": f":party: http://x/t/pl/{other}"})
    writer.say("a reply", post_id)


@pytest.mark.usefixtures("serving")
def test_it_takes_as_many_statements_for_many_posts_as_for_one(writer: Writer, posts: list[str]) -> None:
    decorate(writer, posts[0], posts[1])
    before = statements(writer, "")
    for post_id in posts[2:]:
        decorate(writer, post_id, posts[1])
    assert statements(writer, "") == before
