"""Which slash commands people are shown, and what of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from teams.models import Team
from tests.cast import ApiClient
from tests.integrations.hooks import BAD_BODY, NO_RIGHT, make_command
from tests.messaging.writer import read, refusal

OVERRIDES: dict[str, Any] = {"TeamSettings.EnableCustomUserStatuses": False}


@pytest.fixture
def commands(chief: ApiClient, team: Team) -> None:
    """One command that is suggested, one that is not."""
    make_command(chief, team, "weather", auto_complete=True, auto_complete_hint="[city]")
    make_command(chief, team, "hidden")


def triggers(answer: Any) -> set[str]:
    return {command["trigger"] for command in read(answer)}


def test_members_see_what_is_suggested(member: ApiClient, team: Team, commands: None) -> None:
    found = triggers(member.get(f"/commands?team_id={team.id}"))
    assert ({"weather", "shrug"} <= found, "hidden" in found) == (True, False)


def test_managers_see_the_others_too(chief: ApiClient, team: Team, commands: None) -> None:
    assert "hidden" in triggers(chief.get(f"/commands?team_id={team.id}"))


def test_nobody_is_told_where_they_lead(chief: ApiClient, team: Team, commands: None) -> None:
    (weather,) = [one for one in read(chief.get(f"/commands?team_id={team.id}")) if one["trigger"] == "weather"]
    assert [weather[key] for key in ("token", "url", "creator_id", "method")] == ["", "", "", ""]


def test_managers_are_told_on_demand(chief: ApiClient, team: Team, commands: None) -> None:
    found = read(chief.get(f"/commands?team_id={team.id}&custom_only=true"))
    assert {one["trigger"]: bool(one["token"]) for one in found} == {"weather": True, "hidden": True}


def test_members_are_not(member: ApiClient, team: Team, commands: None) -> None:
    assert refusal(member.get(f"/commands?team_id={team.id}&custom_only=true")) == (403, NO_RIGHT)


def test_it_needs_a_team(member: ApiClient, team: Team) -> None:
    assert refusal(member.get("/commands")) == (400, BAD_BODY)


@pytest.mark.parametrize("path", ["/commands?team_id={}", "/teams/{}/commands/autocomplete"])
def test_strangers_see_nothing(
    client_for: Callable[[User | None], ApiClient], charlie: User, team: Team, path: str
) -> None:
    assert refusal(client_for(charlie).get(path.format(team.id))) == (403, NO_RIGHT)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("/we", ["weather"]),
        ("WE", ["weather"]),
        ("/hid", []),
        ("/weather x", []),
        ("/o", ["offline", "online", "open"]),
    ],
)
def test_it_suggests_what_begins_so(
    member: ApiClient, team: Team, commands: None, written: str, found: list[str]
) -> None:
    answer = member.get(f"/teams/{team.id}/commands/autocomplete_suggestions?user_input={written}")
    assert [one["Complete"] for one in read(answer)] == found


def test_it_suggests_with_a_hint(member: ApiClient, team: Team, commands: None) -> None:
    answer = member.get(f"/teams/{team.id}/commands/autocomplete_suggestions?user_input=/we")
    assert [one["Hint"] for one in read(answer)] == ["[city]"]


def test_it_suggests_nothing_for_nothing(member: ApiClient, team: Team) -> None:
    answer = member.get(f"/teams/{team.id}/commands/autocomplete_suggestions?user_input=")
    assert refusal(answer) == (400, BAD_BODY)


def test_it_suggests_no_status_where_there_is_none(member: ApiClient, team: Team) -> None:
    with config.override(**OVERRIDES):
        assert "status" not in triggers(member.get(f"/teams/{team.id}/commands/autocomplete"))
