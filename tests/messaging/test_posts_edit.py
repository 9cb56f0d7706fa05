"""Changing posts."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import clock, config
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, Post
from teams.models import Team
from tests.messaging.writer import (
    BAD_BODY,
    NO_RIGHT,
    SOME_ID,
    Writer,
    carried,
    make_channel,
    make_file,
    named,
    read,
    refusal,
)

SYSTEM = "api.post.update_post.system_message.app_error"


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
    """A post of alice."""
    return writer.say("first words #old", props={"mood": "fine"})


def test_it_changes_the_text_and_its_hashtags(writer: Writer, post: str) -> None:
    found = writer.edit(post, "second words #new")
    assert (found["message"], found["hashtags"], found["edit_at"] > 0) == ("second words #new", "#new", True)


def test_it_tells_the_channel(writer: Writer, post: str, events: list[Event]) -> None:
    writer.edit(post, "second words")
    event = named(events, "post_edited")[0]
    assert (carried(event)["message"], event.audience.channel_id) == ("second words", writer.channel.id)


def test_it_keeps_what_a_patch_does_not_name(writer: Writer, post: str) -> None:
    found = read(writer.put(f"/posts/{post}/patch", {"is_pinned": True}))
    assert (found["props"], found["message"], found["edit_at"]) == ({"mood": "fine"}, "first words #old", 0)


def test_an_update_forgets_what_it_does_not_name(writer: Writer, post: str) -> None:
    found = read(writer.put(f"/posts/{post}", {"id": post, "message": "by update"}))
    assert (found["props"], found["message"]) == ({}, "by update")


def test_it_moves_nothing(writer: Writer, post: str, bob: User) -> None:
    body = {"message": "x", "user_id": bob.id, "channel_id": SOME_ID, "root_id": SOME_ID, "create_at": 1, "type": "me"}
    found = read(writer.put(f"/posts/{post}/patch", body))
    assert (found["user_id"], found["channel_id"], found["root_id"], found["type"]) == (
        writer.me.id, writer.channel.id, "", "",
    )  # fmt: skip


def test_it_hides_where_buttons_lead_but_keeps_it(writer: Writer, post: str) -> None:
    action = {"id": "go", "type": "button", "name": "Go", "integration": {"url": "http://inside/"}}
    body = {"props": {"attachments": [{"text": "x", "actions": [action]}]}}
    found = read(writer.put(f"/posts/{post}/patch", body))
    assert "integration" not in found["props"]["attachments"][0]["actions"][0]
    assert Post.objects.get(id=post).props["attachments"][0]["actions"][0]["integration"]["url"] == "http://inside/"


def test_it_refuses_another_id_in_the_body(writer: Writer, post: str) -> None:
    assert refusal(writer.put(f"/posts/{post}", {"id": SOME_ID, "message": "x"})) == (400, BAD_BODY)


def test_it_refuses_long_texts(writer: Writer, post: str) -> None:
    answer = writer.put(f"/posts/{post}/patch", {"message": "x" * 16_384})
    assert refusal(answer) == (400, "model.post.is_valid.message_length.app_error")


@pytest.mark.parametrize("body", [{"message": 5}, {"props": []}, {"is_pinned": "yes"}, {"file_ids": "x"}])
def test_it_refuses_wrong_types(writer: Writer, post: str, body: Any) -> None:
    assert refusal(writer.put(f"/posts/{post}/patch", body)) == (400, BAD_BODY)


def test_it_is_not_for_others(writer: Writer, post: str, bob: User) -> None:
    assert refusal(Writer(bob, writer.channel).put(f"/posts/{post}/patch", {"message": "x"})) == (403, NO_RIGHT)


def test_it_is_not_for_authors_who_have_left(writer: Writer, post: str) -> None:
    ChannelMember.objects.filter(channel_id=writer.channel.id, user_id=writer.me.id).delete()
    assert refusal(writer.put(f"/posts/{post}/patch", {"message": "x"})) == (403, NO_RIGHT)


def test_it_does_not_tell_unknown_posts_from_forbidden_ones(writer: Writer) -> None:
    assert refusal(writer.put(f"/posts/{SOME_ID}/patch", {"message": "x"})) == (403, NO_RIGHT)


def test_it_refuses_system_messages_even_to_admins(writer: Writer, admin: User) -> None:
    system = Post.objects.filter(channel_id=writer.channel.id, type__startswith="system_").latest("create_at")
    answer = Writer(admin, writer.channel).put(f"/posts/{system.id}/patch", {"message": "x"})
    assert refusal(answer) == (400, SYSTEM)


@pytest.mark.parametrize(("path", "operation"), [("/patch", "patch_post"), ("", "update_post")])
def test_it_refuses_archived_channels(writer: Writer, post: str, path: str, operation: str) -> None:
    Channel.objects.filter(id=writer.channel.id).update(delete_at=1)
    answer = writer.put(f"/posts/{post}{path}", {"id": post, "message": "x"})
    assert refusal(answer) == (400, f"api.post.{operation}.can_not_update_post_in_deleted.error")


def test_it_refuses_new_texts_when_the_time_is_over(writer: Writer, post: str) -> None:
    Post.objects.filter(id=post).update(create_at=clock.now() - 2 * clock.MINUTE)
    with config.override(**{"ServiceSettings.PostEditTimeLimit": 60}):
        late = refusal(writer.put(f"/posts/{post}/patch", {"message": "late"}))
        pinned = writer.put(f"/posts/{post}/patch", {"is_pinned": True})
    assert late == (400, "api.post.update_post.permissions_time_limit.app_error")
    assert pinned.status_code == 200


def test_it_attaches_the_authors_own_files_only(writer: Writer, post: str, bob: User) -> None:
    own, foreign = make_file(writer.me, writer.channel), make_file(bob, writer.channel)
    found = read(writer.put(f"/posts/{post}/patch", {"file_ids": [own.id, foreign.id]}))
    assert found["file_ids"] == [own.id]
    assert [info["id"] for info in found["metadata"]["files"]] == [own.id]


def test_it_deletes_files_that_are_taken_away(writer: Writer, post: str) -> None:
    info = make_file(writer.me, writer.channel)
    writer.put(f"/posts/{post}/patch", {"file_ids": [info.id]})
    writer.put(f"/posts/{post}/patch", {"file_ids": []})
    info.refresh_from_db()
    assert info.delete_at > 0


def test_a_quote_is_kept_from_who_may_not_read_it(team: Team, writer: Writer, post: str, events: list[Event]) -> None:
    secret = make_channel(team, writer.me, name="secret", type="P")
    hidden = Writer(writer.me, secret).say("hidden")
    events.clear()
    writer.edit(post, f"http://chat.test/crew/pl/{hidden}")
    seeing, others = named(events, "post_edited")
    assert carried(seeing)["metadata"]["embeds"][0]["data"]["post"]["message"] == "hidden"
    assert seeing.audience.readers_of == others.audience.non_readers_of
    assert ("embeds" in carried(others)["metadata"], carried(others)["props"]) == (False, {"mood": "fine"})
