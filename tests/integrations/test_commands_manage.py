"""Making, changing, moving and deleting slash commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from teams.actions.members import join_team
from teams.actions.teams import NewTeam, create_team
from teams.models import Team
from tests.cast import ApiClient, actor_of
from tests.integrations.hooks import BAD_BODY, NO_RIGHT, SOME_ID, make_command
from tests.messaging.writer import read, refusal

NO_COMMAND = "store.sql_command.save.get.app_error"
INVALID = "model.command.is_valid"


def made_team(creator: User, name: str) -> Team:
    return create_team(
        actor=actor_of(creator), creator=creator, wanted=NewTeam(name=name, display_name=name.title(), type="O")
    )


def create(client: ApiClient, team: Team, **fields: Any) -> Any:
    body = {"team_id": team.id, "trigger": "weather", "method": "P", "url": "http://example.com/cmd"} | fields
    return client.post("/commands", body)


def test_it_makes_one_in_small_letters(chief: ApiClient, team: Team, alice: User) -> None:
    command = make_command(chief, team, "Weather")
    assert (command["trigger"], command["creator_id"], len(command["token"])) == ("weather", alice.id, 26)


def test_it_needs_a_right(member: ApiClient, team: Team) -> None:
    assert refusal(create(member, team)) == (403, NO_RIGHT)


@pytest.mark.parametrize("trigger", ["weather", "WEATHER", "shrug", "invite_people"])
def test_it_refuses_taken_triggers(chief: ApiClient, team: Team, trigger: str) -> None:
    make_command(chief, team, "weather")
    assert refusal(create(chief, team, trigger=trigger)) == (400, "api.command.duplicate_trigger.app_error")


def test_it_takes_the_same_trigger_in_another_team(chief: ApiClient, team: Team, alice: User) -> None:
    make_command(chief, team, "weather")
    assert create(chief, made_team(alice, "other")).status_code == 201


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("trigger", "", f"{INVALID}.trigger.app_error"),
        ("trigger", "/slash", f"{INVALID}.trigger.app_error"),
        ("trigger", "two words", f"{INVALID}.trigger.app_error"),
        ("trigger", "x" * 129, f"{INVALID}.trigger.app_error"),
        ("method", "X", f"{INVALID}.method.app_error"),
        ("url", "", f"{INVALID}.url.app_error"),
        ("url", "http://" + "x" * 1024, f"{INVALID}.url.app_error"),
        ("url", "ftp://example.com", f"{INVALID}.url_http.app_error"),
        ("display_name", "x" * 65, f"{INVALID}.display_name.app_error"),
        ("description", "x" * 129, f"{INVALID}.description.app_error"),
        ("username", "x" * 65, "app.command.createcommand.internal_error"),
        ("auto_complete_hint", "x" * 1025, "app.command.createcommand.internal_error"),
        ("auto_complete", "yes", BAD_BODY),
    ],
)
def test_it_checks_fields(chief: ApiClient, team: Team, field: str, value: Any, error: str) -> None:
    assert refusal(create(chief, team, **{field: value})) == (400, error)


def test_it_changes_all_fields_but_token_and_creator(chief: ApiClient, team: Team, bob: User) -> None:
    command = make_command(chief, team, description="before")
    body = {"id": command["id"], "team_id": team.id, "trigger": "Climate", "method": "G", "url": "http://example.com"}
    changed = read(chief.put(f"/commands/{command['id']}", body | {"token": "x" * 26, "creator_id": bob.id}))
    kept = [changed[key] == command[key] for key in ("token", "creator_id", "create_at")]
    assert (changed["trigger"], changed["method"], changed["description"], all(kept)) == ("climate", "G", "", True)


def test_it_stays_in_its_team(chief: ApiClient, team: Team) -> None:
    command = make_command(chief, team)
    answer = chief.put(f"/commands/{command['id']}", command | {"team_id": SOME_ID})
    assert refusal(answer) == (400, "api.command.team_mismatch.app_error")


def test_it_changes_the_one_that_is_named(chief: ApiClient, team: Team) -> None:
    command = make_command(chief, team)
    assert refusal(chief.put(f"/commands/{command['id']}", command | {"id": SOME_ID})) == (400, BAD_BODY)


@pytest.mark.parametrize(("method", "end"), [("GET", ""), ("DELETE", ""), ("PUT", "/regen_token")])
def test_it_is_unknown_to_those_who_manage_none(
    chief: ApiClient, member: ApiClient, team: Team, method: str, end: str
) -> None:
    command = make_command(chief, team)
    assert refusal(member.request(method, f"/commands/{command['id']}{end}")) == (404, NO_COMMAND)


def test_it_renews_the_token(chief: ApiClient, team: Team) -> None:
    command = make_command(chief, team)
    token = read(chief.put(f"/commands/{command['id']}/regen_token"))["token"]
    assert command["token"] != token == read(chief.get(f"/commands/{command['id']}"))["token"]


def test_it_frees_the_trigger_when_deleted(chief: ApiClient, team: Team) -> None:
    command = make_command(chief, team)
    chief.delete(f"/commands/{command['id']}")
    assert refusal(chief.get(f"/commands/{command['id']}")) == (404, NO_COMMAND)
    assert create(chief, team).status_code == 201


def test_it_moves_to_another_team(chief: ApiClient, team: Team, alice: User) -> None:
    command, other = make_command(chief, team), made_team(alice, "other")
    chief.put(f"/commands/{command['id']}/move", {"team_id": other.id})
    assert read(chief.get(f"/commands/{command['id']}"))["team_id"] == other.id


def test_it_moves_only_where_one_manages_commands(chief: ApiClient, team: Team, bob: User, alice: User) -> None:
    command, other = make_command(chief, team), made_team(bob, "other")
    join_team(team=other, user=alice, by=actor_of(bob))
    answer = chief.put(f"/commands/{command['id']}/move", {"team_id": other.id})
    assert refusal(answer) == (403, NO_RIGHT)


def test_it_moves_only_where_its_creator_manages_commands(
    chief: ApiClient, team: Team, bob: User, client_for: Callable[[User | None], ApiClient], admin: User
) -> None:
    command, other = make_command(chief, team), made_team(bob, "other")
    answer = client_for(admin).put(f"/commands/{command['id']}/move", {"team_id": other.id})
    assert refusal(answer) == (400, "api.command.move_command.creator_no_permission.app_error")


def test_it_moves_to_no_unknown_team(chief: ApiClient, team: Team) -> None:
    command = make_command(chief, team)
    answer = chief.put(f"/commands/{command['id']}/move", {})
    assert refusal(answer) == (404, "app.team.get.find.app_error")


def test_it_can_be_switched_off(chief: ApiClient, team: Team) -> None:
    with config.override(**{"ServiceSettings.EnableCommands": False}):
        answer = create(chief, team)
    assert refusal(answer) == (501, "api.command.disabled.app_error")
