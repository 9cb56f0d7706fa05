"""Reading one channel, by id and by name."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from messaging.models import Channel
from teams.models import Team
from tests.messaging.channels import NOWHERE, make_channel, read, refusal


@pytest.fixture
def public(client_for: Any, bob: User, team: Team) -> Channel:
    """A public channel of bob's."""
    return make_channel(client_for(bob), team, "plaza")


@pytest.fixture
def private(client_for: Any, bob: User, team: Team) -> Channel:
    """A private channel of bob's, in which alice is not."""
    return make_channel(client_for(bob), team, "cellar", "P")


def test_it_shows_public_channels_to_the_team(client_for: Any, alice: User, public: Channel) -> None:
    assert read(client_for(alice).get(f"/channels/{public.id}"))["name"] == "plaza"


def test_it_shows_no_channel_to_other_teams(client_for: Any, charlie: User, public: Channel) -> None:
    assert client_for(charlie).get(f"/channels/{public.id}").status_code == 403


def test_it_shows_private_channels_to_members_only(client_for: Any, alice: User, bob: User, private: Channel) -> None:
    assert client_for(bob).get(f"/channels/{private.id}").status_code == 200
    assert client_for(alice).get(f"/channels/{private.id}").status_code == 403


def test_it_shows_everything_to_system_admins(client_for: Any, admin: User, private: Channel) -> None:
    assert client_for(admin).get(f"/channels/{private.id}").status_code == 200


def test_it_does_not_find_what_is_not_there(client_for: Any, alice: User, team: Team) -> None:
    assert refusal(client_for(alice).get(f"/channels/{NOWHERE}")) == (404, "app.channel.get.existing.app_error")


def test_it_finds_a_channel_by_its_name_in_any_case(client_for: Any, alice: User, team: Team, public: Channel) -> None:
    for path in (f"/teams/{team.id}/channels/name/PLAZA", f"/teams/name/{team.name}/channels/name/plaza"):
        assert read(client_for(alice).get(path))["id"] == public.id


def test_it_denies_the_name_of_a_private_channel(
    client_for: Any, make_user: Any, admin: User, team: Team, private: Channel
) -> None:
    dora = make_user("dora")
    client_for(admin).post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": dora.id})
    reply = client_for(dora).get(f"/teams/{team.id}/channels/name/cellar")
    assert refusal(reply) == (404, "app.channel.get_by_name.missing.app_error")


def test_it_tells_the_name_to_team_admins_who_could_join(
    client_for: Any, alice: User, team: Team, private: Channel
) -> None:
    assert read(client_for(alice).get(f"/teams/{team.id}/channels/name/cellar"))["id"] == private.id


def test_it_finds_archived_channels_by_name_only_when_asked(
    client_for: Any, bob: User, team: Team, public: Channel
) -> None:
    bob_client = client_for(bob)
    bob_client.delete(f"/channels/{public.id}")
    path = f"/teams/{team.id}/channels/name/plaza"
    assert bob_client.get(path).status_code == 404
    assert read(bob_client.get(f"{path}?include_deleted=true"))["id"] == public.id
