"""Reading single posts, several by their ids, and where a post is."""

from __future__ import annotations

import pytest

from accounts.models import User
from messaging.models import Channel
from teams.models import Team
from tests.messaging.writer import NO_POST, NO_RIGHT, SOME_ID, Writer, make_channel, read, refusal


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


@pytest.fixture
def secret(team: Team, alice: User) -> Channel:
    """A private channel of alice."""
    return make_channel(team, alice, name="secret", type="P")


def test_it_counts_the_replies_of_the_thread(writer: Writer) -> None:
    root = writer.say("root")
    reply = writer.say("reply", root)
    assert [read(writer.get(f"/posts/{post_id}"))["reply_count"] for post_id in (root, reply)] == [1, 1]


def test_it_refuses_who_may_not_read_the_channel(writer: Writer, secret: Channel, bob: User) -> None:
    post_id = Writer(writer.me, secret).say("hidden")
    assert refusal(Writer(bob, secret).get(f"/posts/{post_id}")) == (403, NO_RIGHT)


def test_it_does_not_know_deleted_posts(writer: Writer) -> None:
    post_id = writer.say("gone")
    writer.delete(f"/posts/{post_id}")
    assert refusal(writer.get(f"/posts/{post_id}")) == (404, NO_POST)


def test_it_shows_deleted_posts_to_admins_without_their_text(writer: Writer, admin: User) -> None:
    post_id = writer.say("gone")
    writer.delete(f"/posts/{post_id}")
    found = read(Writer(admin, writer.channel).get(f"/posts/{post_id}?include_deleted=true"))
    assert (found["message"], found["props"]) == ("", {"deleteBy": writer.me.id})


def test_it_answers_304_until_the_post_changes(writer: Writer) -> None:
    post_id = writer.say("text")
    etag = writer.get(f"/posts/{post_id}")["ETag"]
    assert writer.get(f"/posts/{post_id}", HTTP_IF_NONE_MATCH=etag).status_code == 304
    writer.edit(post_id, "new text")
    assert writer.get(f"/posts/{post_id}", HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_by_ids_it_leaves_out_what_may_not_be_read(writer: Writer, secret: Channel, bob: User) -> None:
    public, hidden = writer.say("public"), Writer(writer.me, secret).say("hidden")
    found = read(Writer(bob, writer.channel).post("/posts/ids", [public, hidden, SOME_ID]))
    assert [post["id"] for post in found] == [public]


def test_by_ids_it_needs_one_that_exists(writer: Writer) -> None:
    assert refusal(writer.post("/posts/ids", [SOME_ID])) == (404, NO_POST)


@pytest.mark.parametrize(
    ("ids", "error"),
    [
        ([], "api.context.invalid_body_param.app_error"),
        ([1], "api.payload.parse.error"),
        ({"a": 1}, "api.payload.parse.error"),
        ([f"{number:026}" for number in range(1001)], "api.post.posts_by_ids.invalid_body.request_error"),
    ],
)
def test_by_ids_it_refuses_bad_lists(writer: Writer, ids: object, error: str) -> None:
    assert refusal(writer.post("/posts/ids", ids)) == (400, error)


def test_info_tells_where_a_post_is(writer: Writer, team: Team, bob: User) -> None:
    other = make_channel(team, writer.me, name="other")
    post_id = Writer(writer.me, other).say("here")
    found = read(Writer(bob, other).get(f"/posts/{post_id}/info"))
    assert (found["channel_id"], found["has_joined_channel"], found["has_joined_team"]) == (other.id, False, True)


def test_info_hides_what_one_cannot_come_to(writer: Writer, secret: Channel, bob: User) -> None:
    post_id = Writer(writer.me, secret).say("hidden")
    assert refusal(Writer(bob, secret).get(f"/posts/{post_id}/info")) == (404, NO_POST)


def test_info_hides_teams_one_cannot_join(writer: Writer, charlie: User) -> None:
    post_id = writer.say("public")
    assert refusal(Writer(charlie, writer.channel).get(f"/posts/{post_id}/info")) == (404, NO_POST)
