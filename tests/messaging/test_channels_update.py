"""Changing channels, by patch and as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site.realtime.events import Event
from messaging.actions.channel_changes import ChannelChanges, patch_channel
from messaging.models import Channel, ChannelMember, PublicChannel
from teams.models import Team
from tests.cast import actor_of
from tests.messaging.channels import NOWHERE, add, make_channel, post_in, read, refusal, told


@pytest.fixture
def garden(client_for: Any, alice: User, bob: User, team: Team) -> Channel:
    """A public channel of alice's, in which bob is too."""
    channel = make_channel(client_for(alice), team)
    add(client_for(alice), channel, bob.id)
    return channel


@pytest.fixture
def direct(client_for: Any, alice: User, bob: User, team: Team) -> Channel:
    """The direct channel of alice and bob."""
    return Channel.objects.get(id=read(client_for(alice).post("/channels/direct", [alice.id, bob.id]))["id"])


class TestPatch:
    def test_it_posts_each_changed_text(self, client_for: Any, bob: User, garden: Channel, events: list[Event]) -> None:
        events.clear()
        patch = {"display_name": "Park", "header": "h", "purpose": "p"}
        assert client_for(bob).put(f"/channels/{garden.id}/patch", patch).status_code == 200
        changes = [f"posted system_{kind}_change" for kind in ("displayname", "header", "purpose")]
        assert told(events) == ["channel_updated", *changes]
        assert post_in(events[1])["props"] == {
            "username": "bob", "old_displayname": "Garden", "new_displayname": "Park"
        }  # fmt: skip

    def test_it_orders_these_posts(self, client_for: Any, bob: User, garden: Channel, events: list[Event]) -> None:
        client_for(bob).put(f"/channels/{garden.id}/patch", {"display_name": "Park", "header": "h", "purpose": "p"})
        times = [post_in(event)["create_at"] for event in events[-3:]]
        assert times == sorted(set(times))

    def test_it_says_nothing_when_nothing_changes(
        self, client_for: Any, bob: User, garden: Channel, events: list[Event]
    ) -> None:
        events.clear()
        client_for(bob).put(f"/channels/{garden.id}/patch", {"header": garden.header, "creator_id": bob.id})
        assert told(events) == ["channel_updated"]
        assert Channel.objects.get(id=garden.id).creator_id == garden.creator_id

    def test_it_keeps_the_searched_copy_equal(self, client_for: Any, bob: User, garden: Channel) -> None:
        client_for(bob).put(f"/channels/{garden.id}/patch", {"name": "park"})
        assert PublicChannel.objects.get(id=garden.id).name == "park"

    def test_it_leaves_counters_to_those_who_post(self, client_for: Any, bob: User, garden: Channel) -> None:
        Channel.objects.filter(id=garden.id).update(total_msg_count=40)
        client_for(bob).put(f"/channels/{garden.id}/patch", {"name": "park"})
        assert Channel.objects.get(id=garden.id).total_msg_count == 40

    def test_it_leaves_fields_alone_that_others_change_meanwhile(self, alice: User, garden: Channel) -> None:
        Channel.objects.filter(id=garden.id).update(purpose="theirs")
        changes = ChannelChanges(header="ours")
        changed = patch_channel(actor=actor_of(alice), channel=garden, changes=changes)
        assert (changed.header, changed.purpose) == ("ours", "theirs")
        assert PublicChannel.objects.get(id=garden.id).purpose == "theirs"

    @pytest.mark.parametrize(
        ("patch", "error"),
        [
            ({"name": "off-topic"}, "store.sql_channel.save_channel.exists.app_error"),
            ({"name": ""}, "model.channel.is_valid.1_or_more.app_error"),
            ({"display_name": "d" * 65}, "model.channel.is_valid.display_name.app_error"),
            ({"header": 5}, "api.context.invalid_body_param.app_error"),
            ("text", "api.context.invalid_body_param.app_error"),
        ],
    )
    def test_it_refuses_bad_fields(self, client_for: Any, bob: User, garden: Channel, patch: Any, error: str) -> None:
        reply = client_for(bob).put(f"/channels/{garden.id}/patch", patch)
        assert refusal(reply) == (400, error)
        assert Channel.objects.get(id=garden.id).name == garden.name

    def test_it_keeps_the_name_of_town_square(self, client_for: Any, bob: User, town_square: Channel) -> None:
        reply = client_for(bob).put(f"/channels/{town_square.id}/patch", {"name": "market"})
        assert refusal(reply) == (400, "api.channel.update_channel.tried.app_error")

    def test_it_refuses_those_outside_the_channel(self, client_for: Any, charlie: User, garden: Channel) -> None:
        assert client_for(charlie).put(f"/channels/{garden.id}/patch", {"header": "x"}).status_code == 403

    def test_it_refuses_archived_channels(self, client_for: Any, bob: User, garden: Channel) -> None:
        client_for(bob).delete(f"/channels/{garden.id}")
        reply = client_for(bob).put(f"/channels/{garden.id}/patch", {"header": "x"})
        assert refusal(reply) == (400, "app.channel.update.bad_id")


class TestBanner:
    BANNER = {"enabled": True, "text": "Closed on **Mondays**", "background_color": "#ffcc00"}

    def test_it_is_set_by_those_who_may(self, client_for: Any, alice: User, garden: Channel) -> None:
        reply = client_for(alice).put(f"/channels/{garden.id}/patch", {"banner_info": self.BANNER})
        assert read(reply)["banner_info"] == self.BANNER

    def test_it_is_not_set_by_plain_members(self, client_for: Any, bob: User, garden: Channel) -> None:
        reply = client_for(bob).put(f"/channels/{garden.id}/patch", {"banner_info": self.BANNER})
        assert reply.status_code == 403

    def test_it_needs_a_text_when_it_is_on(self, client_for: Any, alice: User, garden: Channel) -> None:
        reply = client_for(alice).put(f"/channels/{garden.id}/patch", {"banner_info": {"enabled": True}})
        assert refusal(reply) == (400, "model.channel.is_valid.banner_info.text.empty.app_error")


class TestWhole:
    def test_it_posts_the_display_name_only(
        self, client_for: Any, bob: User, garden: Channel, events: list[Event]
    ) -> None:
        events.clear()
        whole = {"id": garden.id, "display_name": "Park", "header": "h", "purpose": "p"}
        assert read(client_for(bob).put(f"/channels/{garden.id}", whole))["purpose"] == "p"
        assert told(events) == ["channel_updated", "posted system_displayname_change"]

    def test_it_empties_what_is_left_out(self, client_for: Any, bob: User, garden: Channel) -> None:
        client_for(bob).put(f"/channels/{garden.id}/patch", {"header": "h"})
        client_for(bob).put(f"/channels/{garden.id}", {"id": garden.id})
        kept = Channel.objects.get(id=garden.id)
        assert (kept.header, kept.name) == ("", garden.name)

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"id": NOWHERE}, "api.context.invalid_body_param.app_error"),
            ({"type": "P"}, "api.channel.update_channel.typechange.app_error"),
            ({"name": "off-topic"}, "store.sql_channel.save_channel.exists.app_error"),
        ],
    )
    def test_it_refuses_bad_fields(
        self, client_for: Any, bob: User, garden: Channel, changes: dict[str, Any], error: str
    ) -> None:
        reply = client_for(bob).put(f"/channels/{garden.id}", {"id": garden.id, **changes})
        assert refusal(reply) == (400, error)

    def test_it_refuses_archived_channels(self, client_for: Any, bob: User, garden: Channel) -> None:
        client_for(bob).delete(f"/channels/{garden.id}")
        reply = client_for(bob).put(f"/channels/{garden.id}", {"id": garden.id, "header": "x"})
        assert refusal(reply) == (400, "api.channel.update_channel.deleted.app_error")


class TestDirect:
    def test_it_lets_members_change_the_header_and_counts_it_for_the_other(
        self, client_for: Any, alice: User, bob: User, direct: Channel, events: list[Event]
    ) -> None:
        assert client_for(alice).put(f"/channels/{direct.id}/patch", {"header": "h"}).status_code == 200
        assert ChannelMember.objects.get(channel_id=direct.id, user_id=bob.id).mention_count == 1
        assert events[-1].data["channel_display_name"] == "@alice"

    @pytest.mark.parametrize("field", ["name", "display_name", "purpose"])
    def test_it_lets_nothing_else_change(self, client_for: Any, alice: User, direct: Channel, field: str) -> None:
        reply = client_for(alice).put(f"/channels/{direct.id}/patch", {field: "other"})
        error = "api.channel.patch_update_channel.update_direct_or_group_messages_not_allowed.app_error"
        assert refusal(reply) == (400, error)

    def test_it_refuses_even_admins_from_outside(self, client_for: Any, admin: User, direct: Channel) -> None:
        reply = client_for(admin).put(f"/channels/{direct.id}/patch", {"header": "h"})
        assert refusal(reply) == (403, "api.channel.patch_update_channel.forbidden.app_error")


class TestPrivacy:
    def test_it_converts_and_tells_channel_and_team(
        self, client_for: Any, alice: User, garden: Channel, events: list[Event]
    ) -> None:
        events.clear()
        assert read(client_for(alice).put(f"/channels/{garden.id}/privacy", {"privacy": "P"}))["type"] == "P"
        assert told(events) == ["channel_updated", "posted system_change_chan_privacy", "channel_converted"]
        assert events[-1].audience.team_id == garden.team_id
        assert not PublicChannel.objects.filter(id=garden.id).exists()

    def test_it_refuses_plain_members(self, client_for: Any, bob: User, garden: Channel) -> None:
        assert client_for(bob).put(f"/channels/{garden.id}/privacy", {"privacy": "P"}).status_code == 403

    def test_it_keeps_town_square_public(self, client_for: Any, alice: User, town_square: Channel) -> None:
        reply = client_for(alice).put(f"/channels/{town_square.id}/privacy", {"privacy": "P"})
        assert refusal(reply) == (400, "api.channel.update_channel_privacy.default_channel_error")

    @pytest.mark.parametrize("privacy", ["", "X", "D", 5])
    def test_it_refuses_other_kinds(self, client_for: Any, alice: User, garden: Channel, privacy: Any) -> None:
        reply = client_for(alice).put(f"/channels/{garden.id}/privacy", {"privacy": privacy})
        assert refusal(reply) == (400, "api.context.invalid_body_param.app_error")
