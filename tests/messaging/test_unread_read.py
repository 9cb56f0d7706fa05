"""How much is unread: in a channel, in the teams."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from messaging.models import Channel, ChannelMember
from teams.models import Team
from tests.messaging.writer import NO_RIGHT, SOME_ID, Writer, make_channel, read, refusal

MESSAGES = ("msg_count", "msg_count_root", "mention_count", "mention_count_root")


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice, who wrote twice and replied once, with two mentions of bob."""
    writer = Writer(alice, channel)
    root = writer.say("@bob")
    writer.say("plain")
    writer.say("reply to @bob", root)
    return writer


@pytest.fixture
def reader(bob: User, writer: Writer) -> Writer:
    """bob."""
    return Writer(bob, writer.channel)


def unread(reader: Writer) -> Any:
    return read(reader.get(f"/users/me/channels/{reader.channel.id}/unread"))


def teams(reader: Writer, query: str = "") -> dict[str, Any]:
    return {one["team_id"]: one for one in read(reader.get(f"/users/me/teams/unread{query}"))}


def test_it_counts_messages_roots_and_mentions(reader: Writer, team: Team) -> None:
    found = unread(reader)
    assert [found[key] for key in MESSAGES] == [3, 2, 2, 1]
    assert (found["team_id"], found["channel_id"]) == (team.id, reader.channel.id)


def test_it_counts_only_mentions_of_a_muted_channel(reader: Writer, team: Team) -> None:
    reader.put(f"/channels/{reader.channel.id}/members/{reader.me.id}/notify_props", {"mark_unread": "mention"})
    assert [unread(reader)[key] for key in MESSAGES] == [0, 0, 2, 1]
    assert [teams(reader)[team.id][key] for key in MESSAGES] == [0, 0, 2, 1]


def test_it_refuses_those_who_are_not_in_the_channel(reader: Writer, charlie: User) -> None:
    assert refusal(Writer(charlie, reader.channel).get(f"/users/me/channels/{reader.channel.id}/unread")) == (
        403,
        NO_RIGHT,
    )


def test_it_refuses_to_tell_of_others(writer: Writer, reader: Writer, team: Team) -> None:
    for path in (f"channels/{reader.channel.id}/unread", "teams/unread", f"teams/{team.id}/unread"):
        assert refusal(writer.get(f"/users/{reader.me.id}/{path}")) == (403, NO_RIGHT)


def test_an_admin_asks_in_vain_for_one_who_is_no_member(reader: Writer, admin: User, charlie: User) -> None:
    reply = Writer(admin, reader.channel).get(f"/users/{charlie.id}/channels/{reader.channel.id}/unread")
    assert refusal(reply) == (404, "app.channel.get_unread.app_error")


def test_it_sums_up_a_team(reader: Writer, team: Team) -> None:
    found = read(reader.get(f"/users/me/teams/{team.id}/unread"))
    assert [found[key] for key in MESSAGES] == [3, 2, 2, 1]
    assert found == teams(reader)[team.id]


def test_it_refuses_teams_that_one_is_not_in(reader: Writer) -> None:
    assert refusal(reader.get(f"/users/me/teams/{SOME_ID}/unread")) == (403, NO_RIGHT)


def test_it_leaves_out_archived_channels(reader: Writer, team: Team) -> None:
    Channel.objects.filter(id=reader.channel.id).update(delete_at=1)
    assert [teams(reader)[team.id][key] for key in MESSAGES] == [0, 0, 0, 0]


def test_it_counts_threads_on_demand(reader: Writer, team: Team) -> None:
    counts = ("thread_count", "thread_mention_count", "thread_urgent_mention_count")
    assert [teams(reader)[team.id][key] for key in counts] == [0, 0, 0]
    assert [teams(reader, "?include_collapsed_threads=true")[team.id][key] for key in counts] == [1, 1, 0]


def test_it_adds_direct_messages_when_a_team_is_left_out(reader: Writer, team: Team, alice: User, bob: User) -> None:
    direct = Channel.objects.get(id=read(reader.post("/channels/direct", [alice.id, bob.id]))["id"])
    Writer(alice, direct).say("psst")
    assert set(teams(reader)) == {team.id}
    assert set(teams(reader, f"?exclude_team={team.id}")) == {""}
    assert [teams(reader, "?exclude_team=x")[""][key] for key in MESSAGES] == [1, 1, 1, 1]


def test_it_tells_nothing_of_a_user_without_teams(client_for: Any, charlie: User) -> None:
    assert read(client_for(charlie).get("/users/me/teams/unread")) == []


def test_joins_are_not_unread(reader: Writer, writer: Writer, team: Team, charlie: User) -> None:
    writer.post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": charlie.id})
    before = unread(reader)["msg_count"]
    writer.post(f"/channels/{reader.channel.id}/members", {"user_id": charlie.id})
    assert unread(reader)["msg_count"] == before
    assert ChannelMember.objects.filter(channel_id=reader.channel.id, user_id=charlie.id).exists()
