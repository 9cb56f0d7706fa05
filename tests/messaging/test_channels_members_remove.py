"""Leaving channels and removing people."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import realtime
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, Thread, ThreadMembership
from teams.actions.members import join_team
from teams.models import Team, TeamMember
from tests.cast import actor_of
from tests.messaging.channels import NOWHERE, add, make_channel, post_in, read, refusal, told


@pytest.fixture
def garden(client_for: Any, alice: User, bob: User, team: Team) -> Channel:
    """A public channel of alice's, in which bob is too."""
    channel = make_channel(client_for(alice), team)
    add(client_for(alice), channel, bob.id)
    return channel


def test_leaving_tells_the_others_and_oneself(client_for: Any, bob: User, garden: Channel, events: list[Event]) -> None:
    events.clear()
    assert client_for(bob).delete(f"/channels/{garden.id}/members/me").status_code == 200
    assert told(events) == ["user_removed", "user_removed", "posted system_leave_channel"]
    assert events[0].data == {"user_id": bob.id, "remover_id": bob.id}
    assert events[1].data == {"channel_id": garden.id, "remover_id": bob.id}
    assert (events[0].audience.channel_id, events[1].audience.user_id) == (garden.id, bob.id)


def test_the_leaver_hears_nothing_more(client_for: Any, bob: User, garden: Channel) -> None:
    with realtime.testing.recorded_orders() as orders:
        client_for(bob).delete(f"/channels/{garden.id}/members/me")
    assert [(order.kind, order.data["channel"]) for order in orders] == [("left", garden.id)]


def test_removing_names_the_removed(
    client_for: Any, alice: User, bob: User, garden: Channel, events: list[Event]
) -> None:
    client_for(alice).delete(f"/channels/{garden.id}/members/{bob.id}")
    post = post_in(events[-1])
    assert (post["user_id"], post["props"]) == (alice.id, {"removedUserId": bob.id, "removedUsername": "bob"})


def test_threads_of_the_channel_are_let_go(client_for: Any, bob: User, garden: Channel) -> None:
    for post_id, channel_id in (("h" * 26, garden.id), ("e" * 26, NOWHERE)):
        Thread.objects.create(post_id=post_id, channel_id=channel_id)
        ThreadMembership.objects.create(post_id=post_id, user_id=bob.id, following=True)
    client_for(bob).delete(f"/channels/{garden.id}/members/me")
    assert list(ThreadMembership.objects.values_list("post_id", flat=True)) == ["e" * 26]


def test_who_is_no_member_cannot_leave(client_for: Any, bob: User, garden: Channel) -> None:
    client_for(bob).delete(f"/channels/{garden.id}/members/me")
    reply = client_for(bob).delete(f"/channels/{garden.id}/members/me")
    assert refusal(reply) == (404, "app.channel.get_member.missing.app_error")


def test_nobody_leaves_town_square(client_for: Any, alice: User, bob: User, town_square: Channel) -> None:
    for client in (client_for(bob), client_for(alice)):
        reply = client.delete(f"/channels/{town_square.id}/members/{bob.id}")
        assert refusal(reply) == (400, "api.channel.remove.default.app_error")


def test_nobody_leaves_a_direct_channel(client_for: Any, alice: User, bob: User, team: Team) -> None:
    direct = read(client_for(alice).post("/channels/direct", [alice.id, bob.id]))
    reply = client_for(alice).delete(f"/channels/{direct['id']}/members/me")
    assert refusal(reply) == (400, "api.channel.remove_channel_member.type.app_error")


def test_strangers_remove_nobody(client_for: Any, charlie: User, bob: User, garden: Channel) -> None:
    assert client_for(charlie).delete(f"/channels/{garden.id}/members/{bob.id}").status_code == 403
    assert ChannelMember.objects.filter(channel_id=garden.id, user_id=bob.id).exists()


def test_an_unknown_person_is_not_found(client_for: Any, alice: User, garden: Channel) -> None:
    reply = client_for(alice).delete(f"/channels/{garden.id}/members/{NOWHERE}")
    assert refusal(reply) == (404, "app.user.missing_account.const")


class TestGuests:
    @pytest.fixture
    def guest(self, client_for: Any, make_user: Any, alice: User, team: Team, garden: Channel) -> User:
        """A guest in the channel."""
        user: User = make_user("gina", roles="system_guest")
        join_team(team=team, user=user, by=actor_of(alice))
        add(client_for(alice), garden, user.id)
        return user

    def test_they_are_announced_as_guests(self, guest: User, garden: Channel, client_for: Any, alice: User) -> None:
        member = ChannelMember.objects.get(channel_id=garden.id, user_id=guest.id)
        assert (member.scheme_guest, member.scheme_user) == (True, False)

    def test_they_lose_the_team_with_its_last_channel(
        self, client_for: Any, alice: User, team: Team, garden: Channel, guest: User
    ) -> None:
        client_for(alice).delete(f"/channels/{garden.id}/members/{guest.id}")
        assert not TeamMember.objects.filter(team_id=team.id, user_id=guest.id, delete_at=0).exists()

    def test_they_stay_while_another_channel_is_left(
        self, client_for: Any, alice: User, team: Team, garden: Channel, guest: User
    ) -> None:
        add(client_for(alice), make_channel(client_for(alice), team, "shed", "P"), guest.id)
        client_for(alice).delete(f"/channels/{garden.id}/members/{guest.id}")
        assert TeamMember.objects.filter(team_id=team.id, user_id=guest.id, delete_at=0).exists()
