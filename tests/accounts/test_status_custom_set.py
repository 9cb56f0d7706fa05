"""Custom statuses: setting, clearing, and the recent ones."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import Preference, User
from mattermost_site import clock, config
from mattermost_site.ids import new_id
from mattermost_site.realtime.events import Event
from messaging.models import Emoji

PATH = "/users/me/status/custom"
RECENT = "/users/me/status/custom/recent"
LATER, NEVER = "2099-01-01T00:00:00Z", "0001-01-01T00:00:00Z"
INVALID_BODY = "api.context.invalid_body_param.app_error"
NOT_RECENT = "api.custom_status.recent_custom_statuses.delete.app_error"


def shown(user: User) -> Any:
    return orjson.loads(User.objects.get(id=user.id).props["customStatus"] or "null")


def recent(user: User) -> list[dict[str, str]]:
    row = Preference.objects.get(user_id=user.id, category="custom_status", name="recent_custom_statuses")
    found: list[dict[str, str]] = orjson.loads(row.value)
    return found


@pytest.mark.parametrize(
    ("body", "duration", "end"),
    [
        ({"text": "x"}, "", NEVER),
        ({"text": "x", "expires_at": LATER}, "date_and_time", LATER),
        ({"text": "x", "duration": "today", "expires_at": LATER}, "today", LATER),
        ({"text": "x", "expires_at": "2099-01-01T00:00:00.500+00:00"}, "date_and_time", "2099-01-01T00:00:00.5Z"),
    ],
)
def test_it_stores_until_when(client_for: Any, alice: User, body: dict[str, str], duration: str, end: str) -> None:
    assert client_for(alice).put(PATH, body).status_code == 200
    assert shown(alice) == {"emoji": "", "text": "x", "duration": duration, "expires_at": end}


def test_it_cuts_long_texts(client_for: Any, alice: User) -> None:
    client_for(alice).put(PATH, {"text": "t" * 101})
    assert len(shown(alice)["text"]) == 100


def test_it_keeps_the_other_props(client_for: Any, alice: User) -> None:
    User.objects.filter(id=alice.id).update(props={"theme": "dark"})
    client_for(alice).put(PATH, {"text": "x"})
    assert User.objects.get(id=alice.id).props["theme"] == "dark"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"emoji": "", "text": ""},
        {"text": "x", "duration": "today"},
        {"text": "x", "duration": "two_days", "expires_at": LATER},
        {"text": "x", "duration": "today", "expires_at": "2001-01-01T00:00:00Z"},
        {"text": "x", "expires_at": "tomorrow"},
        {"text": "x", "expires_at": "2099-13-01T00:00:00Z"},
        {"text": "x", "expires_at": "0001-01-01T00:00:00+02:00"},
        {"text": 5},
    ],
)
def test_it_refuses_bad_fields(client_for: Any, alice: User, body: dict[str, Any]) -> None:
    reply = client_for(alice).put(PATH, body)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, INVALID_BODY)
    assert User.objects.get(id=alice.id).props == {}


def test_it_refuses_emoji_that_do_not_exist(client_for: Any, alice: User) -> None:
    reply = client_for(alice).put(PATH, {"emoji": "no_such_emoji", "text": "x"})
    assert orjson.loads(reply.content)["id"] == "api.custom_status.set_custom_statuses.emoji_not_found"


def test_it_takes_custom_emoji(client_for: Any, alice: User) -> None:
    Emoji.objects.create(id=new_id(), name="parrot", create_at=clock.now())
    assert client_for(alice).put(PATH, {"emoji": "parrot"}).status_code == 200


def test_it_is_told_to_everybody(client_for: Any, alice: User, events: list[Event]) -> None:
    client_for(alice).put(PATH, {"text": "x"})
    names = [event.name for event in events]
    assert names[-5:] == ["user_updated"] * 3 + ["sidebar_category_updated", "preferences_changed"]


def test_it_is_cleared(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    client.put(PATH, {"text": "x"})
    client.delete(PATH)
    assert shown(alice) is None
    assert len(recent(alice)) == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_it_belongs_to_nobody_else(client_for: Any, alice: User, bob: User, method: str) -> None:
    reply = client_for(bob).request(method, f"/users/{alice.id}/status/custom", {"text": "x"})
    assert reply.status_code == 403


def test_it_remembers_the_five_newest(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    for number in range(6):
        client.put(PATH, {"text": f"text {number}"})
    assert [status["text"] for status in recent(alice)] == [f"text {number}" for number in (5, 4, 3, 2, 1)]


def test_it_remembers_each_text_once(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    for emoji, text in (("bus", "one"), ("bus", "two"), ("tada", "one")):
        client.put(PATH, {"emoji": emoji, "text": text})
    assert [(status["emoji"], status["text"]) for status in recent(alice)] == [("tada", "one"), ("bus", "two")]


@pytest.mark.parametrize("value", ["no json", "5", '[7, {"text": 5}]', '[{"text": "x", "expires_at": "y"}]'])
def test_it_survives_what_clients_wrote_there(client_for: Any, alice: User, value: str) -> None:
    Preference.objects.create(user_id=alice.id, category="custom_status", name="recent_custom_statuses", value=value)
    client_for(alice).put(PATH, {"text": "x"})
    assert [status["text"] for status in recent(alice)] == ["x"]


@pytest.mark.parametrize(("method", "path"), [("DELETE", RECENT), ("POST", f"{RECENT}/delete")])
def test_it_forgets_a_recent_one(client_for: Any, alice: User, method: str, path: str) -> None:
    client = client_for(alice)
    client.put(PATH, {"text": "x"})
    client.put(PATH, {"text": "y"})
    assert client.request(method, path, {"text": "x"}).status_code == 200
    assert [status["text"] for status in recent(alice)] == ["y"]


@pytest.mark.parametrize("body", [{}, {"text": "other"}, {"emoji": "bus", "text": "x"}])
def test_it_forgets_only_what_is_there(client_for: Any, alice: User, body: dict[str, str]) -> None:
    client = client_for(alice)
    client.put(PATH, {"text": "x"})
    reply = client.post(f"{RECENT}/delete", body)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, NOT_RECENT)


def test_it_has_nothing_to_forget_at_first(client_for: Any, alice: User) -> None:
    reply = client_for(alice).post(f"{RECENT}/delete", {"text": "x"})
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, "app.preference.get.app_error")


@pytest.mark.parametrize(("method", "path"), [("PUT", PATH), ("DELETE", PATH), ("POST", f"{RECENT}/delete")])
def test_it_can_be_switched_off(client_for: Any, alice: User, method: str, path: str) -> None:
    client = client_for(alice)
    with config.override(**{"TeamSettings.EnableCustomUserStatuses": False}):
        reply = client.request(method, path, {"text": "x"})
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (501, "api.custom_status.disabled")
