"""Lists of channels, searches, and numbers about channels."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from messaging.models import Channel
from teams.actions.members import join_team
from teams.models import Team
from tests.cast import actor_of
from tests.messaging.channels import NOWHERE, add, make_channel, read, refusal


@pytest.fixture
def channels(client_for: Any, bob: User, team: Team) -> dict[str, Channel]:
    """Channels of bob's, in which alice is not."""
    client = client_for(bob)
    made = {name: make_channel(client, team, name, type) for name, type in (("red", "O"), ("blue", "P"), ("old", "O"))}
    client.put(f"/channels/{made['red'].id}/patch", {"purpose": "about 100% colours"})
    client.delete(f"/channels/{made['old'].id}")
    return made


def names(reply: Any) -> list[str]:
    """The names of listed channels."""
    return [shape["name"] for shape in read(reply)]


class TestOfATeam:
    def test_public_ones_are_listed_by_display_name(
        self, client_for: Any, alice: User, team: Team, channels: dict[str, Channel]
    ) -> None:
        assert names(client_for(alice).get(f"/teams/{team.id}/channels")) == ["off-topic", "red", "town-square"]

    def test_they_come_in_pages(self, client_for: Any, alice: User, team: Team, channels: dict[str, Channel]) -> None:
        path = f"/teams/{team.id}/channels"
        assert names(client_for(alice).get(f"{path}?page=1&per_page=2")) == ["town-square"]
        assert names(client_for(alice).get(f"{path}?per_page=0")) == []

    def test_archived_ones_are_listed_apart(
        self, client_for: Any, alice: User, team: Team, channels: dict[str, Channel]
    ) -> None:
        assert names(client_for(alice).get(f"/teams/{team.id}/channels/deleted")) == ["old"]

    def test_archived_private_ones_only_to_members(
        self, client_for: Any, alice: User, bob: User, team: Team, channels: dict[str, Channel]
    ) -> None:
        client_for(bob).delete(f"/channels/{channels['blue'].id}")
        path = f"/teams/{team.id}/channels/deleted"
        assert (names(client_for(alice).get(path)), names(client_for(bob).get(path))) == (["old"], ["blue", "old"])

    def test_private_ones_are_for_system_admins(
        self, client_for: Any, admin: User, alice: User, team: Team, channels: dict[str, Channel]
    ) -> None:
        assert names(client_for(admin).get(f"/teams/{team.id}/channels/private")) == ["blue"]
        assert client_for(alice).get(f"/teams/{team.id}/channels/private").status_code == 403

    def test_public_ones_are_found_by_id(
        self, client_for: Any, alice: User, team: Team, channels: dict[str, Channel]
    ) -> None:
        ids = [channel.id for channel in channels.values()]
        assert names(client_for(alice).post(f"/teams/{team.id}/channels/ids", ids)) == ["red"]
        reply = client_for(alice).post(f"/teams/{team.id}/channels/ids", [channels["blue"].id])
        assert refusal(reply) == (404, "app.channel.get_channels_by_ids.not_found.app_error")

    @pytest.mark.parametrize("path", ["channels", "channels/deleted", "channels/private", "channels/autocomplete"])
    def test_strangers_see_none(self, client_for: Any, charlie: User, team: Team, path: str) -> None:
        assert client_for(charlie).get(f"/teams/{team.id}/{path}").status_code == 403


class TestSearch:
    @pytest.mark.parametrize(
        ("term", "found"),
        [
            ("RED", ["red"]),
            ("colours about", ["red"]),
            ("100%", ["red"]),
            ("d_", []),
            ("ol", ["old", "red"]),
            ("blue", []),
            ("x" * 100_000, []),
        ],
    )
    def test_it_finds_public_ones_by_any_part(
        self, client_for: Any, alice: User, team: Team, channels: dict[str, Channel], term: str, found: list[str]
    ) -> None:
        assert names(client_for(alice).post(f"/teams/{team.id}/channels/search", {"term": term})) == found

    def test_guests_find_their_own(
        self, client_for: Any, make_user: Any, bob: User, team: Team, channels: dict[str, Channel]
    ) -> None:
        guest = make_user("gina", roles="system_guest")
        join_team(team=team, user=guest, by=actor_of(bob))
        add(client_for(bob), channels["blue"], guest.id)
        search = client_for(guest).post(f"/teams/{team.id}/channels/search", {"term": ""})
        complete = client_for(guest).get(f"/teams/{team.id}/channels/autocomplete")
        assert (names(search), names(complete)) == (["blue"], ["blue"])

    def test_strangers_are_no_members(self, client_for: Any, charlie: User, team: Team) -> None:
        reply = client_for(charlie).post(f"/teams/{team.id}/channels/search", {"term": "red"})
        assert refusal(reply) == (404, "app.team.get_member.missing.app_error")

    def test_completion_knows_own_private_ones(
        self, client_for: Any, alice: User, bob: User, team: Team, channels: dict[str, Channel]
    ) -> None:
        path = f"/teams/{team.id}/channels/autocomplete?name=blue"
        assert (names(client_for(bob).get(path)), names(client_for(alice).get(path))) == (["blue"], [])

    def test_completion_for_posts_knows_own_ones_and_people(
        self, client_for: Any, alice: User, bob: User, team: Team, channels: dict[str, Channel]
    ) -> None:
        client_for(bob).post("/channels/direct", [bob.id, alice.id])
        path = f"/teams/{team.id}/channels/search_autocomplete"
        shown = [shape["display_name"] for shape in read(client_for(bob).get(f"{path}?name=l"))]
        assert shown == ["alice", "Blue", "Old", "Red"]
        assert names(client_for(alice).get(f"{path}?name=red")) == []

    def test_all_teams_are_searched_for_what_one_may_see(
        self, client_for: Any, alice: User, bob: User, charlie: User, channels: dict[str, Channel]
    ) -> None:
        path = "/channels/search?system_console=false"
        found = [names(client_for(user).post(path, {"term": "e"})) for user in (bob, alice, charlie)]
        assert found == [["blue", "red", "town-square"], ["red", "town-square"], []]

    def test_the_console_searches_everything_in_pages(
        self, client_for: Any, admin: User, alice: User, channels: dict[str, Channel]
    ) -> None:
        reply = read(client_for(admin).post("/channels/search", {"term": "", "page": 1, "per_page": 2}))
        assert (len(reply["channels"]), reply["total_count"]) == (2, 4)
        assert reply["channels"][0]["team_name"] == "crew"
        assert client_for(alice).post("/channels/search", {"term": ""}).status_code == 403

    @pytest.mark.parametrize(
        ("narrowing", "found"),
        [
            ({"private": True}, ["blue"]),
            ({"deleted": True}, ["old"]),
            ({"exclude_default_channels": True}, ["blue", "red"]),
            ({"group_constrained": True}, []),
            ({"team_ids": [NOWHERE]}, []),
        ],
    )
    def test_the_console_narrows_its_search(
        self, client_for: Any, admin: User, channels: dict[str, Channel], narrowing: dict[str, Any], found: list[str]
    ) -> None:
        assert names(client_for(admin).post("/channels/search", {"term": "", **narrowing})) == found

    def test_the_console_lists_with_a_total(self, client_for: Any, admin: User, channels: dict[str, Channel]) -> None:
        reply = read(client_for(admin).get("/channels?per_page=1&include_total_count=true"))
        assert (len(reply["channels"]), reply["total_count"]) == (1, 4)


class TestFacts:
    def test_stats_count_people_who_are_active(
        self, client_for: Any, admin: User, alice: User, bob: User, town_square: Channel
    ) -> None:
        User.objects.filter(id=bob.id).update(delete_at=1)
        stats = read(client_for(alice).get(f"/channels/{town_square.id}/stats?exclude_files_count=true"))
        assert (stats["member_count"], stats["files_count"]) == (1, -1)

    def test_counts_of_several_need_all_of_them(
        self, client_for: Any, alice: User, town_square: Channel, channels: dict[str, Channel]
    ) -> None:
        ids = [town_square.id, channels["red"].id]
        reply = client_for(alice).post("/channels/stats/member_count", ids)
        assert read(reply) == {town_square.id: 2, channels["red"].id: 1}
        for other in (channels["blue"].id, NOWHERE):
            assert client_for(alice).post("/channels/stats/member_count", [*ids, other]).status_code == 403

    def test_time_zones_are_those_in_force(self, client_for: Any, alice: User, bob: User, town_square: Channel) -> None:
        path = f"/channels/{town_square.id}/timezones"
        assert read(client_for(alice).get(path)) is None
        chosen = {"useAutomaticTimezone": "false", "manualTimezone": "Europe/Berlin", "automaticTimezone": "Asia/Tokyo"}
        User.objects.filter(id=alice.id).update(timezone=chosen)
        User.objects.filter(id=bob.id).update(timezone=chosen | {"useAutomaticTimezone": "true"})
        assert read(client_for(alice).get(path)) == ["Asia/Tokyo", "Europe/Berlin"]


class TestMove:
    @pytest.fixture
    def other(self, client_for: Any, bob: User) -> Team:
        """A team of bob's alone."""
        shape = read(client_for(bob).post("/teams", {"name": "other", "display_name": "Other", "type": "O"}))
        return Team.objects.get(id=shape["id"])

    def test_the_channel_belongs_to_the_other_team(
        self, client_for: Any, admin: User, other: Team, channels: dict[str, Channel]
    ) -> None:
        path = f"/channels/{channels['blue'].id}/move"
        moved = read(client_for(admin).post(path, {"team_id": other.id, "force": False}))
        assert (moved["team_id"], Channel.objects.get(id=moved["id"]).team_id) == (other.id, other.id)

    def test_members_have_to_be_in_both_teams(
        self, client_for: Any, admin: User, alice: User, bob: User, other: Team, channels: dict[str, Channel]
    ) -> None:
        add(client_for(bob), channels["red"], alice.id)
        path = f"/channels/{channels['red'].id}/move"
        reply = client_for(admin).post(path, {"team_id": other.id, "force": False})
        assert refusal(reply) == (400, "app.channel.move_channel.members_do_not_match.error")
        assert client_for(admin).post(path, {"team_id": other.id, "force": True}).status_code == 200
        assert client_for(alice).get(f"/channels/{channels['red'].id}").status_code == 403

    def test_it_is_for_system_admins(
        self, client_for: Any, bob: User, other: Team, channels: dict[str, Channel]
    ) -> None:
        path = f"/channels/{channels['red'].id}/move"
        assert client_for(bob).post(path, {"team_id": other.id, "force": False}).status_code == 403

    def test_town_square_stays(self, client_for: Any, admin: User, other: Team, town_square: Channel) -> None:
        reply = client_for(admin).post(f"/channels/{town_square.id}/move", {"team_id": other.id, "force": True})
        assert refusal(reply) == (400, "api.channel.remove.default.app_error")


def test_other_default_channels_may_be_chosen(client_for: Any, alice: User) -> None:
    with config.override(**{"TeamSettings.ExperimentalDefaultChannels": ["welcome"]}):
        shape = read(client_for(alice).post("/teams", {"name": "other", "display_name": "Other", "type": "O"}))
    mine = client_for(alice).get(f"/users/me/teams/{shape['id']}/channels")
    assert names(mine) == ["town-square"]
