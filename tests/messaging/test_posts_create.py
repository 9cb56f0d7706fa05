"""Making posts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from accounts.models import User
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, Post, PostPriority
from teams.models import Team
from tests.messaging.bots import make_bot
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

ONLY_ROOTS = "api.post.post_priority.priority_post_only_allowed_for_root_post.request_error"


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


def send(writer: Writer, message: str = "hello", **fields: Any) -> Any:
    """The reply to making a post."""
    return writer.post("/posts", {"channel_id": writer.channel.id, "message": message, **fields})


def test_it_stores_what_was_written_with_its_blanks(writer: Writer) -> None:
    made = read(send(writer, "  hello \n"))
    stored = Post.objects.get(id=made["id"])
    assert (stored.message, stored.user_id, made["message"]) == ("  hello \n", writer.me.id, "  hello \n")


def test_it_raises_the_totals_of_the_channel(writer: Writer) -> None:
    root = read(send(writer))["id"]
    reply = read(send(writer, root_id=root))
    channel = Channel.objects.get(id=writer.channel.id)
    assert (channel.total_msg_count, channel.total_msg_count_root) == (2, 1)
    assert (channel.last_post_at, channel.last_root_post_at <= reply["create_at"]) == (reply["create_at"], True)


def test_it_marks_the_channel_as_read_by_its_author_alone(writer: Writer, bob: User) -> None:
    made = read(send(writer))
    seen = {row.user_id: row for row in ChannelMember.objects.filter(channel_id=writer.channel.id)}
    assert (seen[writer.me.id].msg_count, seen[writer.me.id].last_viewed_at) == (1, made["create_at"])
    assert (seen[bob.id].msg_count, seen[bob.id].last_viewed_at) == (0, 0)


def test_it_tells_the_channel_then_the_author_that_it_is_read(writer: Writer, events: list[Event]) -> None:
    events.clear()
    made = read(send(writer))
    assert [event.name for event in events[:2]] == ["posted", "multiple_channels_viewed"]
    assert carried(events[0]) == made
    assert (events[0].data["sender_name"], events[0].data["set_online"]) == ("@alice", True)


def test_it_leaves_who_wants_it_offline(writer: Writer, events: list[Event]) -> None:
    writer.post("/posts?set_online=false", {"channel_id": writer.channel.id, "message": "quiet"})
    assert named(events, "posted")[-1].data["set_online"] is False
    assert not named(events, "status_change")


def test_it_ignores_a_time_that_a_member_chooses(writer: Writer) -> None:
    assert read(send(writer, create_at=1_500_000_000_000))["create_at"] > 1_500_000_000_000


def test_it_lets_admins_write_history(writer: Writer, admin: User) -> None:
    latest = read(send(writer))["create_at"]
    made = read(send(Writer(admin, writer.channel), create_at=1_500_000_000_000))
    assert made["create_at"] == 1_500_000_000_000
    assert Channel.objects.get(id=writer.channel.id).last_post_at == latest


@pytest.mark.parametrize("kind", ["system_join_channel", "nonsense", "custom_" + "x" * 30])
def test_it_refuses_types_that_are_not_for_clients(writer: Writer, kind: str) -> None:
    assert send(writer, type=kind).status_code == 400


@pytest.mark.parametrize(
    "fields",
    [{"message": 12}, {"props": "no"}, {"file_ids": "no"}, {"file_ids": [1]}, {"create_at": "now"}, {"metadata": []}],
)
def test_it_refuses_values_of_other_types(writer: Writer, fields: dict[str, Any]) -> None:
    assert refusal(send(writer, **fields)) == (400, BAD_BODY)


def test_it_refuses_a_message_of_one_character_too_many(writer: Writer) -> None:
    assert send(writer, "ü" * 16_383).status_code == 201
    assert refusal(send(writer, "x" * 16_384)) == (400, "model.post.is_valid.message_length.app_error")


@pytest.mark.parametrize("channel_id", ["", "short", SOME_ID])
def test_it_refuses_channels_that_do_not_exist_as_if_they_were_closed(writer: Writer, channel_id: str) -> None:
    assert refusal(send(writer, channel_id=channel_id)) == (403, NO_RIGHT)


def test_it_refuses_members_of_the_team_outside_the_channel(team: Team, alice: User, bob: User) -> None:
    assert refusal(send(Writer(bob, make_channel(team, alice, name="own")))) == (403, NO_RIGHT)


def test_it_lets_the_system_admin_pass_by_without_making_a_member_of_them(writer: Writer, admin: User) -> None:
    assert send(Writer(admin, writer.channel)).status_code == 201
    assert not ChannelMember.objects.filter(channel_id=writer.channel.id, user_id=admin.id).exists()


def test_it_refuses_archived_channels(writer: Writer) -> None:
    Channel.objects.filter(id=writer.channel.id).update(delete_at=1)
    assert refusal(send(writer)) == (400, "api.post.create_post.can_not_post_to_deleted.error")


def test_it_refuses_a_reply_to_a_reply(writer: Writer) -> None:
    reply = read(send(writer, root_id=read(send(writer))["id"]))["id"]
    assert refusal(send(writer, root_id=reply)) == (400, "api.post.create_post.root_id.app_error")


def test_it_refuses_a_root_in_another_channel(writer: Writer, team: Team, alice: User) -> None:
    elsewhere = read(send(Writer(alice, make_channel(team, alice, name="other"))))["id"]
    assert refusal(send(writer, root_id=elsewhere)) == (400, "api.post.create_post.channel_root_id.app_error")


def test_it_keeps_props_but_those_that_only_the_server_sets(writer: Writer) -> None:
    props = {"mine": [1, None], "from_webhook": "true", "add_channel_member": {}, "force_notification": "x"}
    assert read(send(writer, props=props))["props"] == {"mine": [1, None], "from_webhook": "true"}


def test_it_stores_where_a_button_leads_but_does_not_tell(writer: Writer, events: list[Event]) -> None:
    action = {"type": "button", "name": "Go", "integration": {"url": "http://127.0.0.1:9/", "context": {"key": 1}}}
    made = read(send(writer, props={"attachments": [{"text": "press", "actions": [action]}]}))
    shown, stored = made["props"], Post.objects.get(id=made["id"]).props
    assert stored["attachments"][0]["actions"][0]["integration"]["context"] == {"key": 1}
    assert "integration" not in shown["attachments"][0]["actions"][0]
    assert "integration" not in orjson.dumps(named(events, "posted")[-1].data).decode()


def test_it_attaches_free_files_of_the_author_alone(writer: Writer, bob: User, events: list[Event]) -> None:
    own, foreign = make_file(writer.me, writer.channel), make_file(bob, writer.channel)
    made = read(send(writer, file_ids=[own.id, foreign.id, SOME_ID, own.id]))
    assert (made["file_ids"], [file["id"] for file in made["metadata"]["files"]]) == ([own.id], [own.id])
    assert named(events, "posted")[-1].data["otherFile"] == "true"
    again = read(send(writer, file_ids=[own.id]))
    assert again["file_ids"] is None


def test_it_refuses_eleven_files(writer: Writer) -> None:
    assert refusal(send(writer, file_ids=[SOME_ID] * 11)) == (400, "model.post.is_valid.file_ids.app_error")


def test_it_stores_a_priority_of_root_posts_alone(writer: Writer) -> None:
    urgent = {"priority": {"priority": "urgent", "requested_ack": True}}
    made = read(send(writer, metadata=urgent))
    stored = PostPriority.objects.get(post_id=made["id"])
    assert (stored.priority, stored.requested_ack, stored.persistent_notifications) == ("urgent", True, None)
    assert refusal(send(writer, root_id=made["id"], metadata=urgent)) == (400, ONLY_ROOTS)


@pytest.mark.parametrize("priority", [1, "urgent", {"priority": 1}, {"priority": "x" * 33}, {"requested_ack": "yes"}])
def test_it_refuses_priorities_of_another_shape(writer: Writer, priority: Any) -> None:
    assert refusal(send(writer, metadata={"priority": priority})) == (400, BAD_BODY)


def test_it_repeats_notifications_of_urgent_posts_that_mention_somebody(writer: Writer) -> None:
    again = {"persistent_notifications": True}
    ways = [("@bob", "important"), ("nobody", "urgent"), ("@bob", "urgent")]
    replies = [send(writer, text, metadata={"priority": {"priority": label, **again}}) for text, label in ways]
    assert [reply.status_code for reply in replies] == [400, 400, 201]


def test_it_names_public_channels_of_the_team(writer: Writer) -> None:
    made = read(send(writer, "see ~town-square, ~nowhere"))
    named = {"town-square": {"display_name": "Town Square", "team_name": "crew"}}
    assert made["props"] == {"channel_mentions": named}


def test_it_says_of_a_bot_that_it_is_one_and_leaves_it_unread(
    writer: Writer, make_user: Callable[..., User], events: list[Event]
) -> None:
    bot = make_bot(make_user, writer.channel)
    made = read(send(bot))
    member = ChannelMember.objects.get(channel_id=writer.channel.id, user_id=bot.me.id)
    assert (made["props"], member.msg_count) == ({"from_bot": "true"}, 0)
    assert not [event for event in named(events, "multiple_channels_viewed") if event.audience.user_id == bot.me.id]


def test_it_shows_a_quote_only_to_those_who_may_read_it(
    writer: Writer, team: Team, alice: User, events: list[Event]
) -> None:
    hidden = read(send(Writer(alice, make_channel(team, alice, name="secret", type="P")), "hidden words"))["id"]
    made = read(send(writer, f"http://localhost:8065/crew/pl/{hidden}"))
    seeing, others = named(events, "posted")[-2:]
    assert made["props"] == {"previewed_post": hidden}
    assert ("hidden words" in seeing.data["post"], "hidden words" in others.data["post"]) == (True, False)
    assert (seeing.audience.readers_of, others.audience.readers_of is None) == (others.audience.non_readers_of, True)
