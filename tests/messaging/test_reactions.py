"""Reacting to posts, taking it back, reading it."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from mattermost_site.realtime.events import Event
from messaging.models import Channel, Post
from teams.models import Team
from tests.messaging.writer import (
    BAD_BODY,
    NO_POST,
    NO_RIGHT,
    SOME_ID,
    Writer,
    carried,
    make_channel,
    named,
    read,
    refusal,
)

INVALID = "api.reaction.save_reaction.invalid.app_error"


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
    return writer.say("react to me")


def react(client: Writer, post_id: str, name: str = "smile", /, **more: Any) -> Any:
    return client.post("/reactions", {"user_id": client.me.id, "post_id": post_id, "emoji_name": name} | more)


def test_it_is_in_the_metadata_of_the_post(writer: Writer, post: str) -> None:
    react(writer, post)
    found = read(writer.get(f"/posts/{post}"))
    assert (found["has_reactions"], found["metadata"]["reactions"][0]["emoji_name"]) == (True, "smile")


def test_it_tells_the_channel(writer: Writer, post: str, events: list[Event]) -> None:
    react(writer, post)
    event = named(events, "reaction_added")[0]
    assert (carried(event, "reaction")["post_id"], event.audience.channel_id) == (post, writer.channel.id)


def test_it_counts_as_a_change_of_the_post(writer: Writer, post: str) -> None:
    Post.objects.filter(id=post).update(update_at=1)
    react(writer, post)
    assert Post.objects.get(id=post).update_at > 1


def test_the_same_again_is_one_reaction(writer: Writer, post: str) -> None:
    react(writer, post)
    assert react(writer, post).status_code == 200
    assert len(read(writer.get(f"/posts/{post}/reactions"))) == 1


def test_it_can_come_back(writer: Writer, post: str) -> None:
    react(writer, post)
    writer.delete(f"/users/me/posts/{post}/reactions/smile")
    react(writer, post)
    assert len(read(writer.get(f"/posts/{post}/reactions"))) == 1


def test_without_any_there_is_null(writer: Writer, post: str) -> None:
    assert read(writer.get(f"/posts/{post}/reactions")) is None


def test_taking_the_last_one_back_clears_the_post(writer: Writer, post: str, events: list[Event]) -> None:
    react(writer, post)
    writer.delete(f"/users/me/posts/{post}/reactions/smile")
    assert not Post.objects.get(id=post).has_reactions
    assert carried(named(events, "reaction_removed")[0], "reaction")["emoji_name"] == "smile"


def test_names_may_hold_a_plus(writer: Writer, post: str) -> None:
    react(writer, post, "+1")
    writer.delete(f"/users/me/posts/{post}/reactions/+1")
    assert read(writer.get(f"/posts/{post}/reactions")) is None


@pytest.mark.parametrize("name", ["nosuchemoji", "SMILE", ":smile:"])
def test_it_knows_only_emoji_that_exist(writer: Writer, post: str, name: str) -> None:
    assert refusal(react(writer, post, name)) == (404, "app.emoji.get_by_name.no_result")


@pytest.mark.parametrize("more", [{"emoji_name": ""}, {"emoji_name": "x" * 65}, {"post_id": "short"}, {"user_id": ""}])
def test_it_refuses_incomplete_reactions(writer: Writer, post: str, more: dict[str, str]) -> None:
    assert refusal(react(writer, post, **more)) == (400, INVALID)


def test_it_refuses_wrong_types(writer: Writer, post: str) -> None:
    assert refusal(react(writer, post, emoji_name=1)) == (400, BAD_BODY)


def test_it_is_in_ones_own_name(writer: Writer, post: str, bob: User) -> None:
    answer = react(writer, post, user_id=bob.id)
    assert refusal(answer) == (403, "api.reaction.save_reaction.user_id.app_error")


def test_it_is_for_members(writer: Writer, post: str, charlie: User) -> None:
    outsider = Writer(charlie, writer.channel)
    answers = [react(outsider, post), outsider.get(f"/posts/{post}/reactions"), react(writer, SOME_ID)]
    assert [refusal(answer) for answer in answers] == [(403, NO_RIGHT)] * 3


def test_it_does_not_know_deleted_posts(writer: Writer, post: str) -> None:
    writer.delete(f"/posts/{post}")
    assert refusal(react(writer, post)) == (404, NO_POST)


def test_it_refuses_archived_channels(writer: Writer, post: str) -> None:
    Channel.objects.filter(id=writer.channel.id).update(delete_at=1)
    assert refusal(react(writer, post)) == (403, "api.reaction.save.archived_channel.app_error")


def test_a_post_has_room_for_so_many_different_ones(writer: Writer, post: str, bob: User) -> None:
    with config.override(**{"ServiceSettings.UniqueEmojiReactionLimitPerPost": 1}):
        react(writer, post)
        same = react(Writer(bob, writer.channel), post)
        other = react(writer, post, "tada")
    assert same.status_code == 200
    assert refusal(other) == (400, "app.reaction.save.save.too_many_reactions")


def test_nobody_takes_back_those_of_others(writer: Writer, post: str, bob: User) -> None:
    react(writer, post)
    answer = Writer(bob, writer.channel).delete(f"/users/{writer.me.id}/posts/{post}/reactions/smile")
    assert refusal(answer) == (403, NO_RIGHT)


def test_several_posts_are_read_at_once(writer: Writer, post: str) -> None:
    react(writer, post)
    other = writer.say("nothing here")
    found = read(writer.post("/posts/ids/reactions", [post, other]))
    assert (len(found[post]), found[other]) == (1, [])


def test_several_posts_must_all_be_readable(team: Team, writer: Writer, post: str, bob: User) -> None:
    hidden = Writer(writer.me, make_channel(team, writer.me, name="secret", type="P")).say("hidden")
    answer = Writer(bob, writer.channel).post("/posts/ids/reactions", [post, hidden])
    assert refusal(answer) == (403, NO_RIGHT)
