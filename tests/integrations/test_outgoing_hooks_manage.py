"""Making, reading, changing and deleting outgoing webhooks."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from integrations.models import OutgoingWebhook
from mattermost_site import config
from messaging.actions.archive import archive_channel
from messaging.models import Channel
from teams.models import Team
from tests.cast import ApiClient, actor_of
from tests.integrations.hooks import BAD_BODY, NO_RIGHT, SOME_ID, make_outgoing
from tests.messaging.writer import make_channel, read, refusal

URL = "http://example.com/a"
NO_HOOK = "app.webhooks.get_outgoing.app_error"
INVALID = "model.outgoing_hook.is_valid"


def create(client: ApiClient, team: Team, **fields: Any) -> Any:
    body = {"team_id": team.id, "trigger_words": ["deploy"], "callback_urls": [URL]} | fields
    return client.post("/hooks/outgoing", body)


def test_it_makes_one_with_a_token(chief: ApiClient, team: Team, alice: User) -> None:
    hook = make_outgoing(chief, team, URL)
    assert (len(hook["token"]), hook["creator_id"], hook["trigger_words"]) == (26, alice.id, ["deploy"])


def test_it_shows_null_for_no_words(chief: ApiClient, team: Team, channel: Channel) -> None:
    assert make_outgoing(chief, team, URL, trigger_words=[], channel_id=channel.id)["trigger_words"] is None


def test_it_needs_a_right(member: ApiClient, team: Team) -> None:
    assert refusal(create(member, team)) == (403, NO_RIGHT)


def test_it_needs_a_channel_or_words(chief: ApiClient, team: Team) -> None:
    assert refusal(create(chief, team, trigger_words=[])) == (400, "api.webhook.create_outgoing.triggers.app_error")


def test_it_listens_to_no_private_channel(chief: ApiClient, team: Team, alice: User) -> None:
    secret = make_channel(team, alice, name="secret", type="P")
    answer = create(chief, team, channel_id=secret.id)
    assert refusal(answer) == (403, "api.outgoing_webhook.disabled.app_error")


def test_it_refuses_an_overlap(chief: ApiClient, team: Team) -> None:
    create(chief, team, trigger_words=["a", "b"], callback_urls=[URL, URL + "b"])
    answer = create(chief, team, trigger_words=["b"], callback_urls=[URL + "b"])
    assert refusal(answer) == (400, "api.webhook.create_outgoing.intersect.app_error")


def test_it_takes_the_same_words_for_another_address(chief: ApiClient, team: Team) -> None:
    create(chief, team)
    assert create(chief, team, callback_urls=[URL + "b"]).status_code == 201


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("callback_urls", [], f"{INVALID}.callback.app_error"),
        ("callback_urls", ["http://example.com/" + "x" * 1024], f"{INVALID}.callback.app_error"),
        ("callback_urls", ["ftp://example.com"], f"{INVALID}.url.app_error"),
        ("callback_urls", ["http://"], f"{INVALID}.url.app_error"),
        ("trigger_words", [""], f"{INVALID}.trigger_words.app_error"),
        ("trigger_words", ["x" * 600, "y" * 600], f"{INVALID}.words.app_error"),
        ("trigger_when", 9, f"{INVALID}.content_type.app_error"),
        ("content_type", "x" * 129, f"{INVALID}.content_type.app_error"),
        ("display_name", "x" * 65, f"{INVALID}.display_name.app_error"),
        ("description", "x" * 501, f"{INVALID}.description.app_error"),
        ("username", "x" * 65, "model.outgoing_hook.username.app_error"),
        ("icon_url", "x" * 1025, "model.outgoing_hook.icon_url.app_error"),
        ("trigger_words", "deploy", BAD_BODY),
    ],
)
def test_it_checks_fields(chief: ApiClient, team: Team, field: str, value: Any, error: str) -> None:
    assert refusal(create(chief, team, **{field: value})) == (400, error)


def test_it_changes_all_fields_and_the_token(chief: ApiClient, team: Team, bob: User, alice: User) -> None:
    hook = make_outgoing(chief, team, URL, description="before")
    body = {"id": hook["id"], "trigger_words": ["ship"], "callback_urls": [URL], "creator_id": bob.id, "token": "x"}
    changed = read(chief.put(f"/hooks/outgoing/{hook['id']}", body))
    fields = ("trigger_words", "description", "creator_id", "token", "team_id")
    assert [changed[field] for field in fields] == [["ship"], "", alice.id, "x", team.id]


def test_it_changes_into_no_overlap(chief: ApiClient, team: Team) -> None:
    make_outgoing(chief, team, URL)
    hook = make_outgoing(chief, team, URL, trigger_words=["ship"])
    answer = chief.put(f"/hooks/outgoing/{hook['id']}", hook | {"trigger_words": ["deploy"]})
    assert refusal(answer) == (400, "api.webhook.update_outgoing.intersect.app_error")


def test_it_may_stay_as_it_is(chief: ApiClient, team: Team) -> None:
    hook = make_outgoing(chief, team, URL)
    assert chief.put(f"/hooks/outgoing/{hook['id']}", hook).status_code == 200


def test_it_takes_no_token_that_cannot_be_stored(chief: ApiClient, team: Team) -> None:
    hook = make_outgoing(chief, team, URL)
    assert refusal(chief.put(f"/hooks/outgoing/{hook['id']}", hook | {"token": "x" * 27})) == (400, BAD_BODY)


def test_it_renews_the_token(chief: ApiClient, team: Team) -> None:
    hook = make_outgoing(chief, team, URL)
    renewed = read(chief.post(f"/hooks/outgoing/{hook['id']}/regen_token"))
    assert renewed["token"] != hook["token"]
    assert OutgoingWebhook.objects.get(id=hook["id"]).token == renewed["token"]


def test_it_is_gone_when_deleted(chief: ApiClient, team: Team) -> None:
    hook = make_outgoing(chief, team, URL)
    chief.delete(f"/hooks/outgoing/{hook['id']}")
    assert refusal(chief.get(f"/hooks/outgoing/{hook['id']}")) == (404, NO_HOOK)


@pytest.mark.parametrize(("method", "end"), [("GET", ""), ("DELETE", ""), ("POST", "/regen_token")])
def test_it_is_managed_by_those_who_may(chief: ApiClient, member: ApiClient, team: Team, method: str, end: str) -> None:
    hook = make_outgoing(chief, team, URL)
    assert refusal(member.request(method, f"/hooks/outgoing/{hook['id']}{end}")) == (403, NO_RIGHT)


def test_it_is_unknown_by_another_id(chief: ApiClient, team: Team) -> None:
    assert refusal(chief.get(f"/hooks/outgoing/{SOME_ID}")) == (404, NO_HOOK)


def test_it_ends_with_its_channel(chief: ApiClient, team: Team, channel: Channel, alice: User) -> None:
    hook = make_outgoing(chief, team, URL, channel_id=channel.id)
    archive_channel(actor=actor_of(alice), channel=channel)
    assert refusal(chief.get(f"/hooks/outgoing/{hook['id']}")) == (404, NO_HOOK)


def test_it_lists_those_of_a_channel(chief: ApiClient, team: Team, channel: Channel) -> None:
    make_outgoing(chief, team, URL)
    hook = make_outgoing(chief, team, URL, channel_id=channel.id)
    found = read(chief.get(f"/hooks/outgoing?team_id={team.id}&channel_id={channel.id}"))
    assert [one["id"] for one in found] == [hook["id"]]


@pytest.mark.parametrize("query", ["team_id={team}", "channel_id={channel}", ""])
def test_it_lists_nothing_to_members(member: ApiClient, team: Team, channel: Channel, query: str) -> None:
    path = f"/hooks/outgoing?{query.format(team=team.id, channel=channel.id)}"
    assert refusal(member.get(path)) == (403, NO_RIGHT)


def test_it_can_be_switched_off(chief: ApiClient, team: Team) -> None:
    with config.override(**{"ServiceSettings.EnableOutgoingWebhooks": False}):
        answer = create(chief, team)
    assert refusal(answer) == (501, "api.outgoing_webhook.disabled.app_error")
