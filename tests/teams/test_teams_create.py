"""Making teams."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import User
from messaging.models import Channel, ChannelMember
from teams.models import Team, TeamMember

WANTED = {"name": "garden", "display_name": "Garden", "type": "O"}


def test_it_makes_a_team_whose_creator_is_admin(client_for: Any, alice: User) -> None:
    reply = client_for(alice).post("/teams", WANTED)
    team = orjson.loads(reply.content)
    assert (reply.status_code, team["email"]) == (201, alice.email)
    member = TeamMember.objects.get(team_id=team["id"], user_id=alice.id)
    assert (member.scheme_user, member.scheme_admin) == (True, True)


def test_it_puts_the_creator_into_the_default_channels(client_for: Any, alice: User) -> None:
    team = orjson.loads(client_for(alice).post("/teams", WANTED).content)
    names = Channel.objects.filter(
        id__in=ChannelMember.objects.filter(user_id=alice.id).values("channel_id"), team_id=team["id"]
    ).values_list("name", flat=True)
    assert sorted(names) == ["off-topic", "town-square"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": "x"}, "model.team.is_valid.characters.app_error"),
        ({"name": "Upper"}, "model.team.is_valid.characters.app_error"),
        ({"name": "api-team"}, "model.team.is_valid.reserved.app_error"),
        ({"name": "a" * 65}, "model.team.is_valid.url.app_error"),
        ({"display_name": ""}, "model.team.is_valid.name.app_error"),
        ({"type": "X"}, "model.team.is_valid.type.app_error"),
        ({"display_name": 7}, "api.context.invalid_body_param.app_error"),
    ],
)
def test_it_refuses_bad_fields(client_for: Any, alice: User, changes: dict[str, Any], error: str) -> None:
    reply = client_for(alice).post("/teams", WANTED | changes)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, error)
    assert not Team.objects.exists()


def test_it_refuses_a_taken_name_and_leaves_nothing(client_for: Any, alice: User, team: Team) -> None:
    before = Channel.objects.count()
    reply = client_for(alice).post("/teams", WANTED | {"name": team.name})
    assert orjson.loads(reply.content)["id"] == "store.sql_team.save_team.existing.app_error"
    assert Channel.objects.count() == before
