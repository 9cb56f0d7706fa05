"""Making, reading, changing and deleting incoming webhooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from messaging.actions.archive import archive_channel
from messaging.models import Channel
from teams.actions.members import join_team
from teams.models import Team
from tests.cast import ApiClient, actor_of
from tests.integrations.hooks import BAD_BODY, NO_RIGHT, SOME_ID, make_incoming
from tests.messaging.writer import make_channel, read, refusal

NO_HOOK = "app.webhooks.get_incoming.app_error"
NO_CHANNEL = "app.channel.get.existing.app_error"


def test_it_makes_one_for_a_public_channel(chief: ApiClient, channel: Channel, team: Team, alice: User) -> None:
    hook = make_incoming(chief, channel, display_name="Builds")
    assert (hook["team_id"], hook["user_id"], hook["display_name"]) == (team.id, alice.id, "Builds")


def test_it_makes_one_for_somebody_else(chief: ApiClient, channel: Channel, bob: User) -> None:
    assert make_incoming(chief, channel, user_id=bob.id)["user_id"] == bob.id


def test_it_knows_the_owner(chief: ApiClient, channel: Channel) -> None:
    body = {"channel_id": channel.id, "user_id": SOME_ID}
    assert refusal(chief.post("/hooks/incoming", body)) == (404, "app.user.missing_account.const")


def test_it_needs_a_right(member: ApiClient, channel: Channel) -> None:
    assert refusal(member.post("/hooks/incoming", {"channel_id": channel.id})) == (403, NO_RIGHT)


def test_it_leads_into_no_private_channel_that_one_cannot_read(chief: ApiClient, team: Team, bob: User) -> None:
    secret = make_channel(team, bob, name="secret", type="P")
    assert refusal(chief.post("/hooks/incoming", {"channel_id": secret.id})) == (403, NO_RIGHT)


def test_it_needs_a_channel(chief: ApiClient, team: Team) -> None:
    assert refusal(chief.post("/hooks/incoming", {"channel_id": SOME_ID})) == (404, NO_CHANNEL)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("display_name", "x" * 65, "model.incoming_hook.display_name.app_error"),
        ("description", "x" * 501, "model.incoming_hook.description.app_error"),
        ("icon_url", "x" * 1025, "model.incoming_hook.icon_url.app_error"),
        ("username", "x" * 65, "api.incoming_webhook.invalid_username.app_error"),
        ("username", "Build Bot", "api.incoming_webhook.invalid_username.app_error"),
    ],
)
def test_it_checks_fields(chief: ApiClient, channel: Channel, field: str, value: str, error: str) -> None:
    overrides: dict[str, Any] = {
        "ServiceSettings.EnablePostUsernameOverride": True,
        "ServiceSettings.EnablePostIconOverride": True,
    }
    with config.override(**overrides):
        answer = chief.post("/hooks/incoming", {"channel_id": channel.id, field: value})
    assert refusal(answer) == (400, error)


def test_it_keeps_no_name_where_names_are_not_allowed(chief: ApiClient, channel: Channel) -> None:
    assert make_incoming(chief, channel, username="builder")["username"] == ""


def test_it_changes_all_fields_but_the_owner(chief: ApiClient, channel: Channel, bob: User, alice: User) -> None:
    hook = make_incoming(chief, channel, display_name="Builds", description="before")
    body = {"id": hook["id"], "channel_id": channel.id, "display_name": "New", "user_id": bob.id}
    changed = read(chief.put(f"/hooks/incoming/{hook['id']}", body))
    assert (changed["display_name"], changed["description"], changed["user_id"]) == ("New", "", alice.id)


def test_it_changes_the_one_that_is_named(chief: ApiClient, channel: Channel) -> None:
    hook = make_incoming(chief, channel)
    answer = chief.put(f"/hooks/incoming/{hook['id']}", {"id": SOME_ID, "channel_id": channel.id})
    assert refusal(answer) == (400, BAD_BODY)


def test_it_stays_in_its_team(chief: ApiClient, channel: Channel) -> None:
    hook = make_incoming(chief, channel)
    body = {"id": hook["id"], "channel_id": channel.id, "team_id": SOME_ID}
    answer = chief.put(f"/hooks/incoming/{hook['id']}", body)
    assert refusal(answer) == (400, "api.webhook.team_mismatch.app_error")


def test_it_is_changed_by_those_who_may(chief: ApiClient, member: ApiClient, channel: Channel) -> None:
    hook = make_incoming(chief, channel)
    answer = member.put(f"/hooks/incoming/{hook['id']}", {"id": hook["id"], "channel_id": channel.id})
    assert refusal(answer) == (403, NO_RIGHT)


def test_it_is_gone_when_deleted(chief: ApiClient, channel: Channel) -> None:
    hook = make_incoming(chief, channel)
    chief.delete(f"/hooks/incoming/{hook['id']}")
    assert refusal(chief.get(f"/hooks/incoming/{hook['id']}")) == (404, NO_HOOK)


def test_it_is_deleted_by_those_who_may(chief: ApiClient, member: ApiClient, channel: Channel) -> None:
    hook = make_incoming(chief, channel)
    assert refusal(member.delete(f"/hooks/incoming/{hook['id']}")) == (403, NO_RIGHT)


def test_it_ends_with_its_channel(chief: ApiClient, channel: Channel, alice: User) -> None:
    hook = make_incoming(chief, channel)
    archive_channel(actor=actor_of(alice), channel=channel)
    assert refusal(chief.get(f"/hooks/incoming/{hook['id']}")) == (404, NO_HOOK)


def test_it_lists_those_of_a_team_with_their_number(chief: ApiClient, channel: Channel, team: Team) -> None:
    first = make_incoming(chief, channel)
    make_incoming(chief, channel)
    page = read(chief.get(f"/hooks/incoming?team_id={team.id}&per_page=1&include_total_count=true"))
    assert ([hook["id"] for hook in page["incoming_webhooks"]], page["total_count"]) == ([first["id"]], 2)


def test_it_lists_those_of_all_teams_to_system_admins(
    chief: ApiClient, channel: Channel, client_for: Callable[[User | None], ApiClient], admin: User
) -> None:
    hook = make_incoming(chief, channel)
    assert [one["id"] for one in read(client_for(admin).get("/hooks/incoming"))] == [hook["id"]]


def test_it_lists_nothing_to_members(member: ApiClient, channel: Channel, team: Team) -> None:
    assert refusal(member.get(f"/hooks/incoming?team_id={team.id}")) == (403, NO_RIGHT)


def test_it_lists_nothing_of_all_teams_to_team_admins(chief: ApiClient, channel: Channel) -> None:
    assert refusal(chief.get("/hooks/incoming")) == (403, NO_RIGHT)


def test_it_asks_for_a_session(client_for: Callable[[User | None], ApiClient], channel: Channel) -> None:
    assert client_for(None).post("/hooks/incoming", {"channel_id": channel.id}).status_code == 401


def test_it_can_be_switched_off(chief: ApiClient, team: Team) -> None:
    with config.override(**{"ServiceSettings.EnableIncomingWebhooks": False}):
        answer = chief.get(f"/hooks/incoming?team_id={team.id}")
    assert refusal(answer) == (501, "api.incoming_webhook.disabled.app_error")


def test_strangers_read_nothing(
    chief: ApiClient, channel: Channel, client_for: Callable[[User | None], ApiClient], charlie: User
) -> None:
    hook = make_incoming(chief, channel)
    assert refusal(client_for(charlie).get(f"/hooks/incoming/{hook['id']}")) == (403, NO_RIGHT)


def test_the_right_ends_with_the_role(
    chief: ApiClient, channel: Channel, client_for: Callable[[User | None], ApiClient], charlie: User, team: Team
) -> None:
    join_team(team=team, user=charlie, by=actor_of(charlie))
    hook = make_incoming(chief, channel, user_id=charlie.id)
    assert refusal(client_for(charlie).get(f"/hooks/incoming/{hook['id']}")) == (403, NO_RIGHT)
