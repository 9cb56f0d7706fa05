"""Archiving, restoring and deleting channels."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config, hooks, realtime
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, Post, PublicChannel, SidebarChannel
from teams.models import Team
from tests.messaging.channels import NOWHERE, add, make_channel, read, refusal, told

DELETION = {"ServiceSettings.EnableAPIChannelDeletion": True}


@pytest.fixture
def garden(client_for: Any, alice: User, bob: User, team: Team) -> Channel:
    """A public channel of alice's, in which bob is too."""
    channel = make_channel(client_for(alice), team)
    add(client_for(alice), channel, bob.id)
    return channel


class TestArchive:
    def test_it_posts_closes_and_tells_the_team(
        self, client_for: Any, bob: User, garden: Channel, events: list[Event]
    ) -> None:
        events.clear()
        assert client_for(bob).delete(f"/channels/{garden.id}").status_code == 200
        assert told(events) == ["posted system_channel_deleted", "channel_deleted"]
        closed = Channel.objects.get(id=garden.id)
        assert (events[1].data["delete_at"], events[1].audience.team_id) == (closed.delete_at, garden.team_id)
        assert PublicChannel.objects.get(id=garden.id).delete_at == closed.delete_at

    def test_it_tells_of_private_channels_only_their_members(
        self, client_for: Any, alice: User, team: Team, events: list[Event]
    ) -> None:
        private = make_channel(client_for(alice), team, "shed", "P")
        client_for(alice).delete(f"/channels/{private.id}")
        assert (events[-1].audience.channel_id, events[-1].audience.team_id) == (private.id, "")

    def test_it_closes_what_posts_into_the_channel(
        self, client_for: Any, bob: User, garden: Channel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed: list[str] = []
        monkeypatch.setattr(hooks.channel_closed, "_handlers", [closed.append])
        client_for(bob).delete(f"/channels/{garden.id}")
        assert closed == [garden.id]

    def test_it_happens_once(self, client_for: Any, bob: User, garden: Channel) -> None:
        client_for(bob).delete(f"/channels/{garden.id}")
        reply = client_for(bob).delete(f"/channels/{garden.id}")
        assert refusal(reply) == (400, "api.channel.delete_channel.deleted.app_error")

    def test_it_keeps_town_square(self, client_for: Any, alice: User, town_square: Channel) -> None:
        reply = client_for(alice).delete(f"/channels/{town_square.id}")
        assert refusal(reply) == (400, "api.channel.delete_channel.cannot.app_error")

    def test_it_keeps_direct_channels(self, client_for: Any, alice: User, bob: User, team: Team) -> None:
        direct = read(client_for(alice).post("/channels/direct", [alice.id, bob.id]))
        reply = client_for(alice).delete(f"/channels/{direct['id']}")
        assert refusal(reply) == (400, "api.channel.delete_channel.type.invalid")

    def test_it_refuses_those_outside_the_channel(self, client_for: Any, charlie: User, garden: Channel) -> None:
        assert client_for(charlie).delete(f"/channels/{garden.id}").status_code == 403


class TestRestore:
    def test_it_opens_the_channel_and_then_posts(
        self, client_for: Any, alice: User, garden: Channel, events: list[Event]
    ) -> None:
        client_for(alice).delete(f"/channels/{garden.id}")
        events.clear()
        assert read(client_for(alice).post(f"/channels/{garden.id}/restore"))["delete_at"] == 0
        assert told(events) == ["channel_restored", "posted system_channel_restored"]

    def test_it_lets_those_hear_who_came_meanwhile(
        self, client_for: Any, admin: User, alice: User, bob: User, garden: Channel
    ) -> None:
        client_for(bob).delete(f"/channels/{garden.id}/members/me")
        client_for(alice).delete(f"/channels/{garden.id}")
        with realtime.testing.recorded_orders() as orders:
            add(client_for(alice), garden, bob.id)
            assert [order.kind for order in orders] == []
            client_for(alice).post(f"/channels/{garden.id}/restore")
        assert [(order.kind, order.data["user"]) for order in orders] == [("joined", bob.id)]

    def test_it_is_for_team_admins(self, client_for: Any, alice: User, bob: User, garden: Channel) -> None:
        client_for(bob).delete(f"/channels/{garden.id}")
        assert client_for(bob).post(f"/channels/{garden.id}/restore").status_code == 403

    def test_it_refuses_open_channels(self, client_for: Any, alice: User, garden: Channel) -> None:
        reply = client_for(alice).post(f"/channels/{garden.id}/restore")
        assert refusal(reply) == (400, "api.channel.restore_channel.restored.app_error")


class TestDeleteForGood:
    def test_it_leaves_nothing_and_frees_the_name(
        self, client_for: Any, admin: User, alice: User, team: Team, garden: Channel
    ) -> None:
        with config.override(**DELETION):
            assert client_for(admin).delete(f"/channels/{garden.id}?permanent=true").status_code == 200
        for model in (Post, ChannelMember, SidebarChannel):
            assert not model._default_manager.filter(channel_id=garden.id).exists()
        assert client_for(admin).get(f"/channels/{garden.id}").status_code == 404
        make_channel(client_for(alice), team, garden.name)

    def test_it_leaves_other_channels_alone(self, client_for: Any, admin: User, garden: Channel) -> None:
        others = Post.objects.exclude(channel_id=garden.id).count()
        with config.override(**DELETION):
            client_for(admin).delete(f"/channels/{garden.id}?permanent=true")
        assert Post.objects.count() == others > 0

    def test_it_is_for_system_admins(self, client_for: Any, alice: User, garden: Channel) -> None:
        with config.override(**DELETION):
            assert client_for(alice).delete(f"/channels/{garden.id}?permanent=true").status_code == 403

    def test_it_has_to_be_allowed(self, client_for: Any, admin: User, garden: Channel) -> None:
        reply = client_for(admin).delete(f"/channels/{garden.id}?permanent=true")
        assert refusal(reply) == (401, "api.user.delete_channel.not_enabled.app_error")
        assert Channel.objects.filter(id=garden.id, delete_at=0).exists()

    def test_it_does_not_find_what_is_not_there(self, client_for: Any, admin: User) -> None:
        assert client_for(admin).delete(f"/channels/{NOWHERE}?permanent=true").status_code == 404
