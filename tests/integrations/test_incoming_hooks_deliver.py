"""What outsiders send to an incoming webhook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from accounts.models import User
from mattermost_site import config
from mattermost_site.realtime.events import Event
from messaging.actions.archive import archive_channel
from messaging.models import Channel, ChannelMember, Post
from teams.models import Team
from tests.cast import ApiClient, actor_of
from tests.integrations.hooks import SOME_ID, make_incoming, send
from tests.messaging.writer import carried, make_channel, named, refusal

UNDELIVERED = "web.incoming_webhook.general.app_error"
UNREADABLE = "web.incoming_webhook.decode.app_error"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def hook(chief: ApiClient, channel: Channel) -> str:
    """The id of alice's webhook into the channel."""
    made: str = make_incoming(chief, channel, display_name="Builds")["id"]
    return made


def posts(channel: Channel) -> list[Post]:
    return list(
        Post.objects.filter(channel_id=channel.id, type__in=("", "slack_attachment", "custom_x")).order_by("id")
    )


def only(channel: Channel) -> Post:
    (post,) = posts(channel)
    return post


def test_it_posts_in_the_name_of_its_owner(hook: str, channel: Channel, alice: User) -> None:
    answer = send(hook, {"text": "hello"})
    post = only(channel)
    assert (answer.content, post.message, post.user_id) == (b"ok", "hello", alice.id)


def test_it_marks_what_it_posts(hook: str, channel: Channel) -> None:
    send(hook, {"text": "hello", "props": {"from_webhook": "no", "webhook_display_name": "evil", "mine": 1}})
    assert only(channel).props == {"from_webhook": "true", "webhook_display_name": "Builds", "mine": 1}


def test_it_is_called_as_the_message_says_where_that_is_allowed(hook: str, events: list[Event]) -> None:
    with config.override(**{"ServiceSettings.EnablePostUsernameOverride": True}):
        send(hook, {"text": "hello", "username": "night build"})
    event = named(events, "posted")[-1]
    assert (event.data["sender_name"], carried(event)["props"]["override_username"]) == ("night build", "night build")


def test_it_takes_json_whatever_it_is_called(hook: str, channel: Channel) -> None:
    send(hook, {"text": "hello"}, "text/plain; charset=utf-8")
    assert only(channel).message == "hello"


def test_it_takes_json_in_a_form(hook: str, channel: Channel) -> None:
    send(hook, urlencode({"payload": '{"text": "hello"}'}).encode(), FORM)
    assert only(channel).message == "hello"


def test_it_takes_line_breaks_as_they_are(hook: str, channel: Channel) -> None:
    send(hook, b'{"text": "one\ntwo\tthree"}')
    assert only(channel).message == "one\ntwo\tthree"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{broken", b'["text"]', b'{"text": 5}', b'{"text": "x", "attachments": {}}', b'{"text": NaN}',
        b'{"text": "\\u0000"}', b'{"text": "\xff"}', b'{"text": "a\n\\ud800"}', b'{"attachments": [{"text": 5}]}',
        b'{"text": "a\nb", "props": {"n": ' + b"9" * 30 + b"}}", b"[" * 100_000, b'{"text": "' + b"x" * 310_000 + b'"}',
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_message(hook: str, content: bytes) -> None:
    assert refusal(send(hook, content)) == (400, UNREADABLE)


def test_it_refuses_a_form_without_a_message(hook: str) -> None:
    assert refusal(send(hook, b"text=hello", FORM)) == (400, UNREADABLE)


def test_it_refuses_an_empty_message(hook: str) -> None:
    assert refusal(send(hook, {"text": "", "attachments": []})) == (400, UNDELIVERED)


@pytest.mark.parametrize("hook_id", [SOME_ID, "short"])
def test_it_tells_nothing_of_unknown_webhooks(db: None, hook_id: str) -> None:
    assert refusal(send(hook_id, {"text": "hello"})) == (400, UNDELIVERED)


def test_it_can_be_switched_off(hook: str) -> None:
    with config.override(**{"ServiceSettings.EnableIncomingWebhooks": False}):
        answer = send(hook, {"text": "hello"})
    assert refusal(answer) == (501, UNDELIVERED)


@pytest.mark.parametrize("kind", ["system_join_channel", "nonsense"])
def test_it_makes_no_system_messages(hook: str, kind: str) -> None:
    assert refusal(send(hook, {"text": "hello", "type": kind})) == (400, UNDELIVERED)


@pytest.mark.parametrize("name", ["news", "#news"])
def test_it_reaches_channels_of_its_team(hook: str, team: Team, bob: User, name: str) -> None:
    news = make_channel(team, bob, name="news")
    send(hook, {"text": "hello", "channel": name})
    assert only(news).message == "hello"


@pytest.mark.parametrize("name", ["nowhere", "#", "News", SOME_ID])
def test_it_refuses_unknown_channels(hook: str, name: str) -> None:
    assert refusal(send(hook, {"text": "hello", "channel": name})) == (404, UNDELIVERED)


def test_it_refuses_archived_channels(hook: str, team: Team, bob: User) -> None:
    news = make_channel(team, bob, name="news")
    archive_channel(actor=actor_of(bob), channel=news)
    assert refusal(send(hook, {"text": "hello", "channel": "news"})) == (404, UNDELIVERED)


def test_it_reaches_no_private_channel_that_its_owner_cannot_read(hook: str, team: Team, bob: User) -> None:
    make_channel(team, bob, name="secret", type="P")
    assert refusal(send(hook, {"text": "hello", "channel": "secret"})) == (403, UNDELIVERED)


def test_it_writes_to_people(hook: str, bob: User) -> None:
    send(hook, {"text": "hello", "channel": "@Bob"})
    direct = Channel.objects.get(type="D")
    assert (bob.id in direct.name, only(direct).message) == (True, "hello")


def test_it_refuses_unknown_people(hook: str) -> None:
    assert refusal(send(hook, {"text": "hello", "channel": "@nobody"})) == (400, UNDELIVERED)


@pytest.mark.parametrize("place", ["town-square", "@bob"])
def test_a_locked_one_reaches_its_channel_only(chief: ApiClient, channel: Channel, bob: User, place: str) -> None:
    locked = make_incoming(chief, channel, channel_locked=True)["id"]
    assert refusal(send(locked, {"text": "hello", "channel": place})) == (403, UNDELIVERED)


def test_a_locked_one_makes_no_direct_channel(chief: ApiClient, channel: Channel, bob: User) -> None:
    locked = make_incoming(chief, channel, channel_locked=True)["id"]
    send(locked, {"text": "hello", "channel": "@bob"})
    assert not Channel.objects.filter(type="D").exists()


def test_it_splits_long_texts_and_attaches_to_the_last(hook: str, channel: Channel) -> None:
    send(hook, {"text": "a" * 17_000, "attachments": [{"text": "end"}]})
    found = {len(post.message): "attachments" in post.props for post in posts(channel)}
    assert found == {16_383: False, 617: True}


def test_it_posts_all_parts_or_none(hook: str, channel: Channel) -> None:
    send(hook, {"text": "a" * 17_000, "priority": {"priority": "urgent", "persistent_notifications": True}})
    assert posts(channel) == []


def test_it_writes_values_of_fields_as_text(hook: str, channel: Channel) -> None:
    values: list[Any] = [7, True, None, [1, 2], {"a": None}]
    send(hook, {"attachments": [{"fields": [{"title": "f", "value": value} for value in values]}]})
    (attachment,) = only(channel).props["attachments"]
    assert [one["value"] for one in attachment["fields"]] == ["7", "true", None, "[1 2]", "map[a:<nil>]"]


def test_it_translates_slack_markup(hook: str, channel: Channel, bob: User) -> None:
    send(hook, {"text": f"<!here> <@{bob.id}> <http://example.com|page>"})
    assert only(channel).message == "@here @bob [page](http://example.com)"


def test_it_is_read_by_nobody_not_even_its_owner(hook: str, channel: Channel, alice: User) -> None:
    before = ChannelMember.objects.get(channel_id=channel.id, user_id=alice.id).msg_count
    send(hook, {"text": "hello"})
    assert ChannelMember.objects.get(channel_id=channel.id, user_id=alice.id).msg_count == before


def test_it_goes_on_when_its_owner_is_deactivated(hook: str, channel: Channel, alice: User) -> None:
    User.objects.filter(id=alice.id).update(delete_at=1)
    assert send(hook, {"text": "hello"}).status_code == 200


def test_it_takes_a_priority(hook: str, events: list[Event]) -> None:
    send(hook, {"text": "hello", "priority": {"priority": "important"}})
    assert carried(named(events, "posted")[-1])["metadata"]["priority"]["priority"] == "important"


def test_it_refuses_a_priority_without_a_value(hook: str) -> None:
    assert refusal(send(hook, {"text": "hello", "priority": {}})) == (400, UNDELIVERED)


def test_it_answers_to_posting_only(hook: str, client_for: Callable[[User | None], ApiClient]) -> None:
    assert client_for(None).client.get(f"/hooks/{hook}").status_code == 404
