"""Viewing channels and marking them as read."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, ThreadMembership
from teams.models import Team
from tests.messaging.writer import BAD_BODY, NO_RIGHT, SOME_ID, Writer, make_channel, named, read, refusal

VIEW, MARK_READ = "/channels/members/me/view", "/channels/members/me/mark_read"


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice, who has written once and mentioned bob."""
    writer = Writer(alice, channel)
    writer.post("/posts", {"channel_id": channel.id, "message": "@bob"})
    return writer


@pytest.fixture
def reader(bob: User, writer: Writer, events: list[Event]) -> Writer:
    """bob, who has not looked."""
    events.clear()
    return Writer(bob, writer.channel)


def view(reader: Writer, **body: Any) -> Any:
    return read(reader.post(VIEW, {"channel_id": reader.channel.id, **body}))


def row_of(reader: Writer) -> ChannelMember:
    return ChannelMember.objects.get(channel_id=reader.channel.id, user_id=reader.me.id)


def test_it_takes_the_totals_and_clears_the_mentions(reader: Writer) -> None:
    times = view(reader)["last_viewed_at_times"]
    row, channel = row_of(reader), Channel.objects.get(id=reader.channel.id)
    assert times == {channel.id: channel.last_post_at}
    assert (row.msg_count, row.msg_count_root, row.mention_count, row.mention_count_root) == (1, 1, 0, 0)
    assert row.last_viewed_at == channel.last_post_at


def test_it_tells_only_when_something_was_unread(reader: Writer, events: list[Event]) -> None:
    for _ in range(2):
        view(reader, collapsed_threads_supported=True)
    assert [event.data for event in named(events, "multiple_channels_viewed")] == [
        {"channel_times": {reader.channel.id: row_of(reader).last_viewed_at}}
    ]


def test_it_tells_nobody_when_that_is_turned_off(reader: Writer, events: list[Event]) -> None:
    with config.override(**{"ServiceSettings.EnableChannelViewedMessages": False}):
        view(reader)
    assert (named(events, "multiple_channels_viewed"), row_of(reader).msg_count) == ([], 1)


def test_it_reads_the_channel_that_was_left_too(reader: Writer) -> None:
    body = {"channel_id": "", "prev_channel_id": reader.channel.id}
    assert list(read(reader.post(VIEW, body))["last_viewed_at_times"]) == [reader.channel.id]
    assert row_of(reader).msg_count == 1


def test_it_passes_over_channels_that_the_user_is_not_in(
    reader: Writer, team: Team, alice: User, events: list[Event]
) -> None:
    foreign = make_channel(team, alice, name="own")
    events.clear()
    for channel_id in (foreign.id, SOME_ID):
        assert read(reader.post(VIEW, {"channel_id": channel_id})) == {"status": "OK", "last_viewed_at_times": {}}
    assert events == []


def test_it_never_looks_back(reader: Writer) -> None:
    ChannelMember.objects.filter(user_id=reader.me.id).update(last_viewed_at=9_999_999_999_999)
    view(reader)
    assert row_of(reader).last_viewed_at == 9_999_999_999_999


@pytest.mark.parametrize("body", [{"channel_id": "short"}, {"prev_channel_id": "short"}, {"channel_id": 5}, []])
def test_it_refuses_what_names_no_channel(reader: Writer, body: Any) -> None:
    assert refusal(reader.post(VIEW, body)) == (400, BAD_BODY)


@pytest.mark.parametrize(("path", "body"), [("view", {}), ("mark_read", [SOME_ID])])
def test_it_lets_nobody_read_for_another(reader: Writer, writer: Writer, path: str, body: Any) -> None:
    assert refusal(writer.post(f"/channels/members/{reader.me.id}/{path}", body)) == (403, NO_RIGHT)


def test_an_admin_may_read_for_another(reader: Writer, admin: User, client_for: Any) -> None:
    client_for(admin).post(f"/channels/members/{reader.me.id}/view", {"channel_id": reader.channel.id})
    assert row_of(reader).msg_count == 1


@pytest.mark.parametrize(("supported", "is_read"), [(True, False), (False, True)])
def test_a_client_without_threads_reads_them_with_the_channel(
    reader: Writer, writer: Writer, events: list[Event], supported: bool, is_read: bool
) -> None:
    root = reader.say("question")
    writer.post("/posts", {"channel_id": reader.channel.id, "message": "@bob", "root_id": root})
    view(reader, collapsed_threads_supported=supported)
    membership = ThreadMembership.objects.get(post_id=root, user_id=reader.me.id)
    assert (membership.unread_mentions == 0, membership.last_viewed > 0) == (is_read, is_read)
    told = [event.audience.channel_id for event in named(events, "thread_read_changed")]
    assert told == ([reader.channel.id] if is_read else [])


def test_several_channels_are_read_at_once(reader: Writer, team: Team, alice: User, bob: User) -> None:
    other = make_channel(team, alice, bob, name="other")
    Writer(alice, other).post("/posts", {"channel_id": other.id, "message": "news"})
    found = read(reader.post(MARK_READ, [reader.channel.id, other.id, "short", SOME_ID, other.id]))
    assert set(found["last_viewed_at_times"]) == {reader.channel.id, other.id}


@pytest.mark.parametrize("content", ["[]", "null"])
def test_it_refuses_an_empty_list(reader: Writer, content: str) -> None:
    reply = reader.request("POST", MARK_READ, data=content, content_type="application/json")
    assert refusal(reply) == (400, BAD_BODY)


@pytest.mark.parametrize("content", ["{}", "[", "", "[5]", '"x"'])
def test_it_refuses_what_is_no_list_of_texts(reader: Writer, content: str) -> None:
    reply = reader.request("POST", MARK_READ, data=content, content_type="application/json")
    assert refusal(reply) == (400, "api.payload.parse.error")
