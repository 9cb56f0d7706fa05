"""Earlier versions of posts."""

from __future__ import annotations

import pytest

from accounts.models import User
from messaging.models import Channel
from teams.models import Team
from tests.messaging.writer import NO_POST, NO_RIGHT, SOME_ID, Writer, make_channel, make_file, read, refusal

NO_VERSION = "app.post.restore_post_version.not_an_history_item.app_error"


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


@pytest.fixture
def post(writer: Writer) -> str:
    """A post of alice that was changed twice."""
    post_id = writer.say("one")
    writer.edit(post_id, "two")
    writer.edit(post_id, "three")
    return post_id


def history(writer: Writer, post_id: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = read(writer.get(f"/posts/{post_id}/edit_history"))
    return found


def test_it_lists_earlier_versions_the_latest_first(writer: Writer, post: str) -> None:
    assert [version["message"] for version in history(writer, post)] == ["two", "one"]


def test_it_says_what_a_version_is_of(writer: Writer, post: str) -> None:
    assert {version["original_id"] for version in history(writer, post)} == {post}


def test_it_is_not_found_when_nothing_changed(writer: Writer) -> None:
    assert refusal(writer.get(f"/posts/{writer.say('one')}/edit_history")) == (404, NO_POST)


def test_it_is_the_authors_alone(writer: Writer, post: str, bob: User, admin: User) -> None:
    answers = [Writer(user, writer.channel).get(f"/posts/{post}/edit_history") for user in (bob, admin)]
    assert [refusal(answer) for answer in answers] == [(403, NO_RIGHT)] * 2


def test_restoring_brings_the_text_back_and_is_a_change_itself(writer: Writer, post: str) -> None:
    oldest = history(writer, post)[-1]["id"]
    assert read(writer.post(f"/posts/{post}/restore/{oldest}"))["message"] == "one"
    assert [version["message"] for version in history(writer, post)] == ["three", "two", "one"]


def test_restoring_brings_deleted_files_back(writer: Writer) -> None:
    post_id = writer.say("one")
    info = make_file(writer.me, writer.channel)
    writer.put(f"/posts/{post_id}/patch", {"file_ids": [info.id]})
    writer.put(f"/posts/{post_id}/patch", {"file_ids": []})
    latest = history(writer, post_id)[0]["id"]
    assert read(writer.post(f"/posts/{post_id}/restore/{latest}"))["file_ids"] == [info.id]


def test_restoring_needs_a_version_of_this_post(writer: Writer, post: str) -> None:
    other = writer.say("other")
    oldest = history(writer, post)[-1]["id"]
    assert refusal(writer.post(f"/posts/{other}/restore/{oldest}")) == (400, NO_VERSION)
    assert refusal(writer.post(f"/posts/{post}/restore/{other}")) == (400, NO_VERSION)


def test_restoring_an_unknown_version_is_forbidden(writer: Writer, post: str) -> None:
    assert refusal(writer.post(f"/posts/{post}/restore/{SOME_ID}")) == (403, NO_RIGHT)


def test_restoring_is_the_authors_alone(writer: Writer, post: str, bob: User) -> None:
    oldest = history(writer, post)[-1]["id"]
    assert refusal(Writer(bob, writer.channel).post(f"/posts/{post}/restore/{oldest}")) == (403, NO_RIGHT)
