"""Deleting settings."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import Preference, User
from mattermost_site.realtime.events import Event

PATH = "/users/{}/preferences/delete"


@pytest.fixture
def entries(alice: User) -> list[dict[str, str]]:
    """Two settings of alice, as clients send them."""
    found = [{"user_id": alice.id, "category": "own", "name": name, "value": "v"} for name in ("one", "two")]
    Preference.objects.bulk_create(Preference(**fields) for fields in found)
    return found


def names(user: User) -> set[str]:
    return set(Preference.objects.filter(user_id=user.id, category="own").values_list("name", flat=True))


def test_it_deletes_whatever_the_value(client_for: Any, alice: User, entries: list[dict[str, str]]) -> None:
    reply = client_for(alice).post(PATH.format("me"), [entries[0] | {"value": "another"}])
    assert (reply.status_code, names(alice)) == (200, {"two"})


def test_it_does_not_mind_what_is_gone(client_for: Any, alice: User) -> None:
    body = [{"user_id": alice.id, "category": "own", "name": "none", "value": ""}]
    assert client_for(alice).post(PATH.format("me"), body).status_code == 200


def test_it_tells_only_the_user(
    client_for: Any, alice: User, entries: list[dict[str, str]], events: list[Event]
) -> None:
    client_for(alice).post(PATH.format("me"), entries)
    told = [(event.name, event.audience.user_id) for event in events]
    assert told[-2:] == [("sidebar_category_updated", alice.id), ("preferences_deleted", alice.id)]
    assert orjson.loads(events[-1].data["preferences"]) == entries


def test_it_deletes_nothing_of_others(client_for: Any, alice: User, bob: User, entries: list[dict[str, str]]) -> None:
    reply = client_for(bob).post(PATH.format("me"), entries)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (
        403,
        "api.preference.delete_preferences.delete.app_error",
    )
    assert client_for(bob).post(PATH.format(alice.id), entries).status_code == 403
    assert names(alice) == {"one", "two"}


@pytest.mark.parametrize("body", [[], {"user_id": "x"}, ["x"]])
def test_it_refuses_other_bodies(client_for: Any, alice: User, body: Any) -> None:
    reply = client_for(alice).post(PATH.format("me"), body)
    assert orjson.loads(reply.content)["id"] == "api.context.invalid_body_param.app_error"
