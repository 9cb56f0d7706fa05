"""Direct and group channels, and what becomes of groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from accounts.models import User
from mattermost_site import config
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember
from teams.actions.members import join_team
from teams.models import Team
from tests.cast import actor_of
from tests.messaging.channels import NOWHERE, make_channel, read, refusal, told

MakeGroup = Callable[..., Channel]


@pytest.fixture
def make_group(client_for: Any) -> MakeGroup:
    """Makes a group channel of some people by the first of them."""

    def make(*people: User) -> Channel:
        reply = client_for(people[0]).post("/channels/group", [user.id for user in people])
        assert reply.status_code == 201, reply.content
        return Channel.objects.get(id=read(reply)["id"])

    return make


class TestDirect:
    def test_it_is_made_once_for_both(self, client_for: Any, alice: User, bob: User, events: list[Event]) -> None:
        events.clear()
        first = read(client_for(alice).post("/channels/direct", [alice.id, bob.id]))
        again = client_for(bob).post("/channels/direct", [bob.id, alice.id])
        assert (again.status_code, read(again)["id"]) == (201, first["id"])
        assert told(events) == ["direct_added"]
        assert events[0].data == {"creator_id": alice.id, "teammate_id": bob.id}

    def test_its_name_holds_both_ids_in_order(self, client_for: Any, alice: User, bob: User) -> None:
        shape = read(client_for(alice).post("/channels/direct", [bob.id, alice.id]))
        assert shape["name"] == "__".join(sorted([alice.id, bob.id]))
        assert (shape["team_id"], shape["display_name"], shape["shared"]) == ("", "", False)

    def test_it_may_be_with_oneself(self, client_for: Any, alice: User) -> None:
        shape = read(client_for(alice).post("/channels/direct", [alice.id]))
        assert list(ChannelMember.objects.filter(channel_id=shape["id"]).values_list("user_id", flat=True)) == [
            alice.id
        ]

    def test_it_is_not_made_for_others(self, client_for: Any, alice: User, bob: User, charlie: User) -> None:
        assert client_for(charlie).post("/channels/direct", [alice.id, bob.id]).status_code == 403

    def test_it_is_made_for_others_by_system_admins(self, client_for: Any, admin: User, alice: User, bob: User) -> None:
        assert read(client_for(admin).post("/channels/direct", [alice.id, bob.id]))["creator_id"] == alice.id

    @pytest.mark.parametrize("ids", [[], ["short"], ["me", "you", "them"]])
    def test_it_refuses_bad_ids(self, client_for: Any, alice: User, ids: list[str]) -> None:
        reply = client_for(alice).post("/channels/direct", ids)
        assert refusal(reply) == (400, "api.context.invalid_body_param.app_error")

    def test_it_refuses_unknown_people(self, client_for: Any, alice: User) -> None:
        reply = client_for(alice).post("/channels/direct", [alice.id, NOWHERE])
        assert refusal(reply) == (400, "api.channel.create_direct_channel.invalid_user.app_error")

    def test_it_needs_a_common_team_where_that_is_set(
        self, client_for: Any, alice: User, bob: User, charlie: User, team: Team
    ) -> None:
        with config.override(**{"TeamSettings.RestrictDirectMessage": "team"}):
            assert client_for(alice).post("/channels/direct", [alice.id, bob.id]).status_code == 201
            reply = client_for(alice).post("/channels/direct", [alice.id, charlie.id])
        assert refusal(reply) == (403, "api.channel.create_channel.direct_channel.team_restricted_error")

    def test_guests_write_only_to_those_they_see(self, client_for: Any, make_user: Any, alice: User) -> None:
        guest = make_user("gina", roles="system_guest")
        assert client_for(guest).post("/channels/direct", [guest.id, alice.id]).status_code == 403


class TestGroup:
    def test_it_is_made_once_and_tells_each_member(
        self, client_for: Any, alice: User, bob: User, charlie: User, make_group: MakeGroup, events: list[Event]
    ) -> None:
        events.clear()
        group = make_group(alice, bob, charlie)
        assert {event.audience.user_id for event in events} == {alice.id, bob.id, charlie.id}
        assert set(orjson.loads(events[0].data["teammate_ids"])) == {alice.id, bob.id, charlie.id}
        assert make_group(bob, charlie, alice).id == group.id

    def test_it_is_called_by_its_members(self, alice: User, bob: User, charlie: User, make_group: MakeGroup) -> None:
        group = make_group(charlie, bob, alice)
        assert (group.display_name, len(group.name), group.creator_id) == ("alice, bob, charlie", 40, "")

    def test_it_needs_three_people(self, client_for: Any, alice: User, bob: User) -> None:
        reply = client_for(alice).post("/channels/group", [alice.id, bob.id, bob.id])
        assert refusal(reply) == (400, "api.channel.create_group.bad_size.app_error")

    def test_it_takes_eight_people_at_most(self, client_for: Any, make_user: Any, alice: User) -> None:
        others = [make_user(f"user{number}").id for number in range(8)]
        reply = client_for(alice).post("/channels/group", others)
        assert refusal(reply) == (400, "api.channel.create_group.bad_size.app_error")

    def test_it_refuses_unknown_people(self, client_for: Any, alice: User, bob: User) -> None:
        reply = client_for(alice).post("/channels/group", [bob.id, NOWHERE])
        assert refusal(reply) == (400, "api.channel.create_group.bad_user.app_error")

    def test_it_is_found_by_names_of_its_members(
        self, client_for: Any, alice: User, bob: User, charlie: User, admin: User, make_group: MakeGroup
    ) -> None:
        group = make_group(alice, bob, charlie)
        make_group(alice, bob, admin)
        search = client_for(alice).post("/channels/group/search", {"term": "char BO"})
        assert [shape["id"] for shape in read(search)] == [group.id]
        assert read(client_for(admin).post("/channels/group/search", {"term": "charlie"})) == []

    def test_its_people_are_told_to_members_only(
        self, client_for: Any, alice: User, bob: User, charlie: User, admin: User, make_group: MakeGroup
    ) -> None:
        group = make_group(alice, bob, charlie)
        people = read(client_for(alice).post("/users/group_channels", [group.id, NOWHERE]))
        assert [user["username"] for user in people[group.id]] == ["bob", "charlie"]
        assert read(client_for(admin).post("/users/group_channels", [group.id])) == {}


class TestConversion:
    @pytest.fixture
    def group(self, alice: User, bob: User, charlie: User, team: Team, make_group: MakeGroup) -> Channel:
        """A group of three members of the team."""
        join_team(team=team, user=charlie, by=actor_of(charlie))
        return make_group(bob, alice, charlie)

    def wanted(self, group: Channel, team: Team, **changes: str) -> dict[str, str]:
        fields = {"channel_id": group.id, "team_id": team.id, "name": "made", "display_name": "Made of a group"}
        return fields | changes

    def test_it_makes_a_private_channel_with_an_admin(
        self, client_for: Any, bob: User, team: Team, group: Channel, events: list[Event]
    ) -> None:
        events.clear()
        reply = client_for(bob).post(f"/channels/{group.id}/convert_to_channel", self.wanted(group, team))
        shape = read(reply)
        assert (shape["type"], shape["team_id"], shape["name"]) == ("P", team.id, "made")
        sidebars = ["sidebar_category_updated"] * 3
        post_and_admin = ["posted system_gm_to_channel", "channel_member_updated"]
        assert told(events) == ["channel_updated", *sidebars, *post_and_admin]
        assert ChannelMember.objects.get(channel_id=group.id, user_id=bob.id).scheme_admin

    def test_it_needs_a_team_that_all_are_in(
        self, client_for: Any, admin: User, alice: User, bob: User, team: Team, make_group: MakeGroup
    ) -> None:
        mixed = make_group(alice, bob, admin)
        reply = client_for(alice).post(f"/channels/{mixed.id}/convert_to_channel", self.wanted(mixed, team))
        assert refusal(reply) == (400, "app.channel.group_message_conversion.incorrect_team")

    def test_it_refuses_outsiders(
        self, client_for: Any, make_user: Any, alice: User, team: Team, group: Channel
    ) -> None:
        dora = make_user("dora")
        join_team(team=team, user=dora, by=actor_of(dora))
        reply = client_for(dora).post(f"/channels/{group.id}/convert_to_channel", self.wanted(group, team))
        assert refusal(reply) == (404, "app.channel.get_member.missing.app_error")

    def test_it_is_for_groups(self, client_for: Any, alice: User, team: Team) -> None:
        garden = make_channel(client_for(alice), team)
        reply = client_for(alice).post(f"/channels/{garden.id}/convert_to_channel", self.wanted(garden, team))
        assert refusal(reply) == (400, "app.channel.get_common_teams.incorrect_channel_type")

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"channel_id": NOWHERE}, "api.context.invalid_body_param.app_error"),
            ({"name": "Bad Name"}, "model.channel.is_valid.1_or_more.app_error"),
            ({"name": "off-topic"}, "store.sql_channel.save_channel.exists.app_error"),
        ],
    )
    def test_it_refuses_bad_fields_and_changes_nothing(
        self, client_for: Any, bob: User, team: Team, group: Channel, changes: dict[str, str], error: str
    ) -> None:
        wanted = self.wanted(group, team, **changes)
        assert refusal(client_for(bob).post(f"/channels/{group.id}/convert_to_channel", wanted)) == (400, error)
        assert Channel.objects.get(id=group.id).type == "G"

    def test_it_shows_which_teams_come_into_question(
        self, client_for: Any, bob: User, team: Team, group: Channel
    ) -> None:
        teams = read(client_for(bob).get(f"/channels/{group.id}/common_teams"))
        assert [(shape["id"], shape["email"]) for shape in teams] == [(team.id, "")]
