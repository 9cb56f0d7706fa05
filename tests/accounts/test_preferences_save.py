"""Saving settings."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import Preference, User
from mattermost_site.ids import new_id
from mattermost_site.realtime.events import Event
from messaging.models import Channel, Post

PATH = "/users/me/preferences"
INVALID_BODY = "api.context.invalid_body_param.app_error"


def entry(user: User, category: str = "own", name: str = "note", value: str = "v") -> dict[str, str]:
    return {"user_id": user.id, "category": category, "name": name, "value": value}


def stored(user: User, category: str = "own") -> dict[str, str]:
    return dict(Preference.objects.filter(user_id=user.id, category=category).values_list("name", "value"))


def test_it_saves_and_replaces(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    assert client.put(PATH, [entry(alice), entry(alice, name="other", value="w")]).status_code == 200
    client.put(PATH, [entry(alice, value="new")])
    assert stored(alice) == {"note": "new", "other": "w"}


def test_it_lets_the_last_of_one_name_count(client_for: Any, alice: User) -> None:
    client_for(alice).put(PATH, [entry(alice, value="1"), entry(alice, value="2")])
    assert stored(alice) == {"note": "2"}


def test_it_tells_only_the_user_what_was_sent(client_for: Any, alice: User, events: list[Event]) -> None:
    client_for(alice).put(PATH, [entry(alice)])
    touched, changed = (event for event in events if event.audience.user_id == alice.id)
    assert (touched.name, touched.data) == ("sidebar_category_updated", {})
    assert (changed.name, orjson.loads(changed.data["preferences"])) == ("preferences_changed", [entry(alice)])


def test_it_keeps_no_colours_that_are_none(client_for: Any, alice: User) -> None:
    theme = {"type": "Mine", "sidebarBg": "url(//evil.example)", "linkColor": "#12abEF", "image": 5}
    client_for(alice).put(PATH, [entry(alice, "theme", "", orjson.dumps(theme).decode())])
    kept = orjson.loads(stored(alice, "theme")[""])
    assert kept == {"type": "Mine", "sidebarBg": "#ffffff", "linkColor": "#12abEF", "image": ""}


def test_it_keeps_null_for_what_is_no_theme(client_for: Any, alice: User) -> None:
    client_for(alice).put(PATH, [entry(alice, "theme", "", "no json")])
    assert stored(alice, "theme") == {"": "null"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"category": ""}, "model.preference.is_valid.category.app_error"),
        ({"category": "c" * 33}, "model.preference.is_valid.category.app_error"),
        ({"name": "n" * 33}, "model.preference.is_valid.name.app_error"),
        ({"value": "v" * 20_001}, "model.preference.is_valid.value.app_error"),
        (
            {"category": "sidebar_settings", "name": "limit_visible_dms_gms", "value": "41"},
            "model.preference.is_valid.limit_visible_dms_gms.app_error",
        ),
        ({"value": 7}, INVALID_BODY),
    ],
)
def test_it_refuses_a_bad_one_and_saves_none(client_for: Any, alice: User, changes: dict[str, Any], error: str) -> None:
    reply = client_for(alice).put(PATH, [entry(alice), entry(alice, name="bad") | changes])
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, error)
    assert stored(alice) == {}


@pytest.mark.parametrize("count", [0, 101])
def test_it_takes_one_to_a_hundred(client_for: Any, alice: User, count: int) -> None:
    reply = client_for(alice).put(PATH, [entry(alice, name=f"n{number}") for number in range(count)])
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, INVALID_BODY)


def test_it_saves_a_hundred(client_for: Any, alice: User) -> None:
    client_for(alice).put(PATH, [entry(alice, name=f"n{number}") for number in range(100)])
    assert len(stored(alice)) == 100


def test_it_saves_nothing_when_one_is_anothers(client_for: Any, alice: User, bob: User) -> None:
    reply = client_for(alice).put(PATH, [entry(alice), entry(bob)])
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (
        403,
        "api.preference.update_preferences.set.app_error",
    )
    assert stored(alice) == {}


def test_it_saves_nothing_for_strangers(client_for: Any, alice: User, bob: User) -> None:
    assert client_for(bob).put(f"/users/{alice.id}/preferences", [entry(alice)]).status_code == 403
    assert stored(alice) == {}


def test_it_saves_for_others_as_system_admin(client_for: Any, admin: User, alice: User) -> None:
    client_for(admin).put(f"/users/{alice.id}/preferences", [entry(alice)])
    assert stored(alice) == {"note": "v"}


@pytest.fixture
def post(bob: User, town_square: Channel) -> Post:
    """A post in a public channel of the team."""
    return Post.objects.create(id=new_id(), create_at=1, user_id=bob.id, channel_id=town_square.id, message="hi")


def test_it_saves_posts_that_one_reads(client_for: Any, alice: User, post: Post) -> None:
    client_for(alice).put(PATH, [entry(alice, "flagged_post", post.id, "true")])
    assert stored(alice, "flagged_post") == {post.id: "true"}


def test_it_refuses_posts_that_one_may_not_read(client_for: Any, charlie: User, post: Post) -> None:
    reply = client_for(charlie).put(PATH, [entry(charlie, "flagged_post", post.id, "true")])
    assert reply.status_code == 403


def test_it_refuses_posts_that_do_not_exist(client_for: Any, alice: User) -> None:
    reply = client_for(alice).put(PATH, [entry(alice, "flagged_post", new_id(), "true")])
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, INVALID_BODY)
