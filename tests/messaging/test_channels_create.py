"""Making public and private channels."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, PublicChannel
from teams.models import Team
from tests.messaging.channels import NOWHERE, make_channel, post_in, read, refusal, told

WANTED = {"name": "garden", "display_name": "Garden", "type": "O"}


def test_it_makes_the_creator_admin_of_the_channel(client_for: Any, bob: User, team: Team) -> None:
    channel = make_channel(client_for(bob), team)
    member = ChannelMember.objects.get(channel_id=channel.id)
    assert (member.user_id, member.scheme_user, member.scheme_admin) == (bob.id, True, True)


def test_it_tells_the_channel_and_then_the_creator(client_for: Any, bob: User, team: Team, events: list[Event]) -> None:
    events.clear()
    channel = make_channel(client_for(bob), team)
    assert told(events) == ["posted system_join_channel", "channel_created"]
    assert post_in(events[0])["props"] == {"username": "bob"}
    assert (events[1].data["channel_id"], events[1].audience.user_id) == (channel.id, bob.id)


def test_it_lists_public_channels_only_for_search(client_for: Any, bob: User, team: Team) -> None:
    public = make_channel(client_for(bob), team, "open")
    private = make_channel(client_for(bob), team, "closed", "P")
    assert list(PublicChannel.objects.filter(id__in=[public.id, private.id]).values_list("id", flat=True)) == [
        public.id
    ]


def test_it_keeps_the_history_that_a_channel_brings_along(client_for: Any, bob: User, team: Team) -> None:
    channel = make_channel(client_for(bob), team, create_at=5, total_msg_count=8, creator_id=NOWHERE)
    assert (channel.create_at, channel.update_at, channel.total_msg_count, channel.creator_id) == (5, 5, 8, bob.id)


def test_it_takes_code_points_that_disguise_out_of_the_name(client_for: Any, bob: User, team: Team) -> None:
    assert make_channel(client_for(bob), team, display_name="\u202ename\ufeffs").display_name == "names"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"team_id": ""}, "api.context.invalid_body_param.app_error"),
        ({"display_name": ""}, "api.context.invalid_body_param.app_error"),
        ({"name": 5}, "api.context.invalid_body_param.app_error"),
        ({"name": "Upper"}, "model.channel.is_valid.1_or_more.app_error"),
        ({"name": "n" * 65}, "model.channel.is_valid.1_or_more.app_error"),
        ({"name": f"{NOWHERE}__{NOWHERE}"}, "model.channel.is_valid.name.app_error"),
        ({"name": "0a" * 20}, "model.channel.is_valid.name.app_error"),
        ({"display_name": "d" * 65}, "model.channel.is_valid.display_name.app_error"),
        ({"header": "h" * 1025}, "model.channel.is_valid.header.app_error"),
        ({"purpose": "p" * 251}, "model.channel.is_valid.purpose.app_error"),
        ({"type": "X"}, "model.channel.is_valid.type.app_error"),
        ({"type": "D"}, "api.channel.create_channel.direct_channel.app_error"),
        ({"delete_at": 7}, "store.sql_channel.save.archived_channel.app_error"),
        ({"id": NOWHERE}, "store.sql_channel.save_channel.existing.app_error"),
        ({"name": "town-square"}, "store.sql_channel.save_channel.exists.app_error"),
    ],
)
def test_it_refuses_bad_fields(client_for: Any, bob: User, team: Team, changes: dict[str, Any], error: str) -> None:
    before = Channel.objects.count()
    reply = client_for(bob).post("/channels", {"team_id": team.id, **WANTED, **changes})
    assert refusal(reply) == (400, error)
    assert Channel.objects.count() == before


@pytest.mark.parametrize("type", ["O", "P"])
def test_it_refuses_people_of_other_teams(client_for: Any, charlie: User, team: Team, type: str) -> None:
    reply = client_for(charlie).post("/channels", {"team_id": team.id, **WANTED, "type": type})
    assert refusal(reply) == (403, "api.context.permissions.app_error")


def test_it_does_not_find_an_unknown_team(client_for: Any, admin: User) -> None:
    reply = client_for(admin).post("/channels", {"team_id": NOWHERE, **WANTED})
    assert refusal(reply) == (404, "app.channel.get_channels.not_found.app_error")


def test_it_stops_at_the_limit_of_channels(client_for: Any, bob: User, team: Team) -> None:
    with config.override(**{"TeamSettings.MaxChannelsPerTeam": 2}):
        reply = client_for(bob).post("/channels", {"team_id": team.id, **WANTED})
    assert refusal(reply) == (400, "api.channel.create_channel.max_channel_limit.app_error")


def test_it_answers_the_channel_as_it_was_before_the_first_post(client_for: Any, bob: User, team: Team) -> None:
    reply = client_for(bob).post("/channels", {"team_id": team.id, **WANTED, "header": "see here"})
    shape = read(reply)
    assert (shape["header"], shape["last_post_at"], shape["shared"]) == ("see here", 0, None)
