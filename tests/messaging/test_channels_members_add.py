"""Joining channels and adding people."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import User
from mattermost_site.realtime.events import Event
from messaging.actions.members import remove_member
from messaging.models import Channel, ChannelMember, ChannelMemberHistory, Post
from teams.models import Team
from tests.cast import actor_of
from tests.messaging.channels import NOWHERE, add, make_channel, post_in, read, refusal, told


@pytest.fixture
def garden(client_for: Any, alice: User, team: Team) -> Channel:
    """A public channel of alice's."""
    return make_channel(client_for(alice), team)


@pytest.fixture
def shed(client_for: Any, alice: User, team: Team) -> Channel:
    """A private channel of alice's."""
    return make_channel(client_for(alice), team, "shed", "P")


def test_it_lets_the_team_join_public_channels(
    client_for: Any, bob: User, garden: Channel, events: list[Event]
) -> None:
    events.clear()
    reply = client_for(bob).post(f"/channels/{garden.id}/members", {"user_id": bob.id})
    assert (reply.status_code, read(reply)["last_viewed_at"]) == (201, 0)
    assert told(events) == ["user_added", "user_added", "posted system_join_channel"]
    assert [event.audience.omit_users for event in events[:2]] == [(bob.id,), ()]


def test_it_mentions_the_one_who_is_added(
    client_for: Any, alice: User, bob: User, garden: Channel, events: list[Event]
) -> None:
    add(client_for(alice), garden, bob.id)
    member = ChannelMember.objects.get(channel_id=garden.id, user_id=bob.id)
    assert (member.mention_count, member.mention_count_root) == (1, 1)
    assert orjson.loads(events[-1].extras[bob.id]["mentions"]) == [bob.id]
    assert post_in(events[-1])["props"]["addedUsername"] == "bob"


def test_it_hides_times_of_other_people(client_for: Any, alice: User, bob: User, garden: Channel) -> None:
    shape = read(client_for(alice).post(f"/channels/{garden.id}/members", {"user_id": bob.id}))
    assert (shape["last_viewed_at"], shape["last_update_at"]) == (-1, -1)


def test_it_changes_nothing_for_members(client_for: Any, alice: User, garden: Channel) -> None:
    before = Post.objects.count()
    reply = client_for(alice).post(f"/channels/{garden.id}/members", {"user_id": alice.id})
    assert (reply.status_code, read(reply)["scheme_admin"], Post.objects.count()) == (201, True, before)


def test_it_adds_whom_it_can(client_for: Any, alice: User, bob: User, charlie: User, garden: Channel) -> None:
    reply = client_for(alice).post(f"/channels/{garden.id}/members", {"user_ids": [charlie.id, bob.id, NOWHERE]})
    assert [member["user_id"] for member in read(reply)] == [bob.id]


def test_it_answers_the_last_refusal_when_it_can_add_nobody(
    client_for: Any, alice: User, bob: User, charlie: User, team: Team, garden: Channel
) -> None:
    client_for(bob).delete(f"/teams/{team.id}/members/{bob.id}")
    reply = client_for(alice).post(f"/channels/{garden.id}/members", {"user_ids": [charlie.id, bob.id]})
    assert refusal(reply) == (400, "api.channel.add_user.to.channel.failed.deleted.app_error")


@pytest.mark.parametrize("who", ["charlie", NOWHERE])
def test_it_refuses_strangers(client_for: Any, alice: User, charlie: User, garden: Channel, who: str) -> None:
    user_id = charlie.id if who == "charlie" else who
    reply = client_for(alice).post(f"/channels/{garden.id}/members", {"user_id": user_id})
    assert reply.status_code == 404


def test_it_keeps_private_channels_closed(client_for: Any, make_user: Any, bob: User, shed: Channel) -> None:
    for user in (bob, make_user("dora")):
        reply = client_for(bob).post(f"/channels/{shed.id}/members", {"user_id": user.id})
        assert refusal(reply) == (403, "api.context.permissions.app_error")


def test_it_lets_members_of_private_channels_add(
    client_for: Any, admin: User, alice: User, bob: User, team: Team, shed: Channel
) -> None:
    add(client_for(alice), shed, bob.id)
    client_for(admin).post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": admin.id})
    add(client_for(bob), shed, admin.id)
    assert ChannelMember.objects.filter(channel_id=shed.id).count() == 3


def test_it_posts_nothing_into_archived_channels(
    client_for: Any, alice: User, bob: User, garden: Channel, events: list[Event]
) -> None:
    client_for(alice).delete(f"/channels/{garden.id}")
    events.clear()
    add(client_for(alice), garden, bob.id)
    assert told(events) == ["user_added", "user_added"]
    assert ChannelMember.objects.get(channel_id=garden.id, user_id=bob.id).mention_count == 0


def test_it_lets_groups_decide_where_they_do(client_for: Any, alice: User, bob: User, garden: Channel) -> None:
    Channel.objects.filter(id=garden.id).update(group_constrained=True)
    reply = client_for(alice).post(f"/channels/{garden.id}/members", {"user_id": bob.id})
    assert refusal(reply) == (400, "api.channel.add_members.user_denied")


@pytest.mark.parametrize(
    "body", [{}, {"user_id": "short"}, {"user_id": 5}, {"user_ids": ["short"]}, {"user_ids": "text"}, {"user_ids": [5]}]
)
def test_it_refuses_bad_bodies(client_for: Any, alice: User, garden: Channel, body: dict[str, Any]) -> None:
    reply = client_for(alice).post(f"/channels/{garden.id}/members", body)
    assert refusal(reply) == (400, "api.context.invalid_body_param.app_error")


def test_it_takes_only_posts_of_the_channel_as_a_reason(
    client_for: Any, alice: User, bob: User, town_square: Channel, garden: Channel
) -> None:
    foreign = Post.objects.filter(channel_id=town_square.id).first()
    assert foreign
    body = {"user_id": bob.id, "post_root_id": foreign.id}
    assert client_for(alice).post(f"/channels/{garden.id}/members", body).status_code == 400


class TestHistory:
    def test_it_is_open_while_the_membership_lasts(self, client_for: Any, bob: User, garden: Channel) -> None:
        client_for(bob).post(f"/channels/{garden.id}/members", {"user_id": bob.id})
        row = ChannelMemberHistory.objects.get(channel_id=garden.id, user_id=bob.id)
        assert row.leave_time is None

    def test_it_is_closed_by_leaving(self, client_for: Any, alice: User, bob: User, garden: Channel) -> None:
        add(client_for(alice), garden, bob.id)
        remove_member(actor=actor_of(bob), channel=garden, user=bob)
        row = ChannelMemberHistory.objects.get(channel_id=garden.id, user_id=bob.id)
        assert row.leave_time and row.leave_time >= row.join_time
