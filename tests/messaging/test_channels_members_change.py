"""Members: reading them, their roles, what they are notified of."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import Role, User
from mattermost_site.ids import new_id
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember
from teams.models import Team
from tests.messaging.channels import NOWHERE, add, make_channel, read, refusal


@pytest.fixture
def garden(client_for: Any, alice: User, bob: User, team: Team) -> Channel:
    """A public channel of alice's, in which bob is too."""
    channel = make_channel(client_for(alice), team)
    add(client_for(alice), channel, bob.id)
    return channel


class TestRead:
    def test_it_hides_times_of_others(self, client_for: Any, alice: User, garden: Channel) -> None:
        shapes = read(client_for(alice).get(f"/channels/{garden.id}/members"))
        assert {shape["user_id"]: shape["last_update_at"] > 0 for shape in shapes}[alice.id]
        assert [shape["last_update_at"] for shape in shapes if shape["user_id"] != alice.id] == [-1]

    def test_it_comes_in_pages(self, client_for: Any, alice: User, garden: Channel) -> None:
        path = f"/channels/{garden.id}/members?per_page=1&page="
        pages = [read(client_for(alice).get(f"{path}{page}")) for page in range(3)]
        assert [len(page) for page in pages] == [1, 1, 0]
        assert pages[0] != pages[1]

    def test_it_takes_no_limit_for_all(self, client_for: Any, alice: User, garden: Channel) -> None:
        assert len(read(client_for(alice).get(f"/channels/{garden.id}/members?per_page=0"))) == 2

    def test_it_finds_members_by_id(self, client_for: Any, alice: User, bob: User, garden: Channel) -> None:
        reply = client_for(alice).post(f"/channels/{garden.id}/members/ids", [bob.id, bob.id, NOWHERE, "short"])
        assert [shape["user_id"] for shape in read(reply)] == [bob.id]

    @pytest.mark.parametrize(
        ("body", "error"),
        [
            ([], "api.context.invalid_body_param.app_error"),
            ({"a": 1}, "api.payload.parse.error"),
            ([5], "api.payload.parse.error"),
        ],
    )
    def test_it_refuses_bad_lists(self, client_for: Any, alice: User, garden: Channel, body: Any, error: str) -> None:
        assert refusal(client_for(alice).post(f"/channels/{garden.id}/members/ids", body)) == (400, error)

    @pytest.mark.parametrize("path", ["members", "members/me", "stats", "timezones"])
    def test_it_is_not_for_those_outside(self, client_for: Any, charlie: User, garden: Channel, path: str) -> None:
        assert client_for(charlie).get(f"/channels/{garden.id}/{path}").status_code == 403

    def test_it_does_not_find_those_who_are_no_members(
        self, client_for: Any, alice: User, charlie: User, garden: Channel
    ) -> None:
        reply = client_for(alice).get(f"/channels/{garden.id}/members/{charlie.id}")
        assert refusal(reply) == (404, "app.channel.get_member.missing.app_error")


class TestRoles:
    def test_a_new_admin_is_told(
        self, client_for: Any, alice: User, bob: User, garden: Channel, events: list[Event]
    ) -> None:
        body = {"roles": "channel_user channel_admin"}
        assert client_for(alice).put(f"/channels/{garden.id}/members/{bob.id}/roles", body).status_code == 200
        told = orjson.loads(events[-1].data["channelMember"])
        assert (events[-1].audience.user_id, told["roles"]) == (bob.id, "channel_user channel_admin")

    def test_other_roles_are_kept_beside_those_of_the_scheme(
        self, client_for: Any, admin: User, bob: User, garden: Channel
    ) -> None:
        Role.objects.create(id=new_id(), name="gardener", permissions=" delete_others_posts")
        client_for(admin).put(f"/channels/{garden.id}/members/{bob.id}/roles", {"roles": "channel_user gardener"})
        shape = read(client_for(bob).get(f"/channels/{garden.id}/members/me"))
        assert (shape["roles"], shape["explicit_roles"]) == ("gardener channel_user", "gardener")

    @pytest.mark.parametrize(
        ("roles", "error"),
        [
            ("", "api.context.invalid_body_param.app_error"),
            ("Bad Role!", "api.context.invalid_body_param.app_error"),
            ("system_admin", "api.context.invalid_body_param.app_error"),
            ("team_admin", "api.channel.update_channel_member_roles.scheme_role.app_error"),
            ("nosuchrole", "app.role.get_by_name.app_error"),
            ("channel_guest", "api.channel.update_channel_member_roles.changing_guest_role.app_error"),
            ("channel_guest channel_user", "api.channel.update_channel_member_roles.guest_and_user.app_error"),
        ],
    )
    def test_other_names_are_refused(
        self, client_for: Any, admin: User, bob: User, garden: Channel, roles: str, error: str
    ) -> None:
        reply = client_for(admin).put(f"/channels/{garden.id}/members/{bob.id}/roles", {"roles": roles})
        assert refusal(reply) == (400, error)
        assert ChannelMember.objects.get(channel_id=garden.id, user_id=bob.id).scheme_user

    @pytest.mark.parametrize("what", ["roles", "schemeRoles"])
    def test_plain_members_give_none(self, client_for: Any, bob: User, garden: Channel, what: str) -> None:
        body = {"roles": "channel_user channel_admin", "scheme_user": True, "scheme_admin": True}
        assert client_for(bob).put(f"/channels/{garden.id}/members/me/{what}", body).status_code == 403

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            ({}, "unset_user_scheme"),
            ({"scheme_admin": True}, "unset_user_scheme"),
            ({"scheme_guest": True, "scheme_user": True}, "user_and_guest"),
        ],
    )
    def test_every_member_stays_a_user(
        self, client_for: Any, admin: User, bob: User, garden: Channel, body: dict[str, bool], reason: str
    ) -> None:
        reply = client_for(admin).put(f"/channels/{garden.id}/members/{bob.id}/schemeRoles", body)
        assert refusal(reply) == (400, f"api.channel.update_channel_member_roles.{reason}.app_error")


class TestNotifyProps:
    def test_they_are_merged(self, client_for: Any, bob: User, garden: Channel) -> None:
        path = f"/channels/{garden.id}/members/me/notify_props"
        client_for(bob).put(path, {"desktop": "all", "user_id": "y"})
        client_for(bob).put(path, {"mark_unread": "mention"})
        props = ChannelMember.objects.get(channel_id=garden.id, user_id=bob.id).notify_props
        assert (props["desktop"], props["mark_unread"], props["email"]) == ("all", "mention", "default")
        assert "user_id" not in props

    def test_an_empty_body_changes_nothing(self, client_for: Any, bob: User, garden: Channel) -> None:
        reply = client_for(bob).request("PUT", f"/channels/{garden.id}/members/me/notify_props")
        assert read(reply) == {"status": "OK"}

    def test_those_of_others_are_theirs(self, client_for: Any, alice: User, bob: User, garden: Channel) -> None:
        reply = client_for(alice).put(f"/channels/{garden.id}/members/{bob.id}/notify_props", {"desktop": "all"})
        assert reply.status_code == 403

    def test_only_texts_are_taken(self, client_for: Any, bob: User, garden: Channel) -> None:
        reply = client_for(bob).put(f"/channels/{garden.id}/members/me/notify_props", {"desktop": 5})
        assert refusal(reply) == (400, "api.context.invalid_body_param.app_error")

    def test_a_stranger_has_none(self, client_for: Any, charlie: User, garden: Channel) -> None:
        reply = client_for(charlie).put(f"/channels/{garden.id}/members/me/notify_props", {"desktop": "all"})
        assert refusal(reply) == (404, "app.channel.get_member.missing.app_error")
