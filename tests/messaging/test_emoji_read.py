"""Looking up custom emoji."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import User
from mattermost_site import config
from mattermost_site.ids import new_id
from messaging.models import Emoji
from messaging.queries.emoji import emoji_exists

INVALID_BODY, INVALID_URL = "api.context.invalid_body_param.app_error", "api.context.invalid_url_param.app_error"


@pytest.fixture
def emoji(bob: User) -> dict[str, Emoji]:
    """Custom emoji of bob by name; ``gone`` is deleted."""
    names = ("zebra", "apple_pie", "pineapple", "under_score", "underXscore", "gone")
    return {
        name: Emoji.objects.create(
            id=new_id(), create_at=place, creator_id=bob.id, name=name, delete_at=9 if name == "gone" else 0
        )
        for place, name in enumerate(names)
    }


def names(reply: Any) -> list[str]:
    return [row["name"] for row in orjson.loads(reply.content)]


def test_it_reads_one(client_for: Any, charlie: User, bob: User, emoji: dict[str, Emoji]) -> None:
    wanted = {
        "id": emoji["zebra"].id,
        "create_at": 0,
        "update_at": 0,
        "delete_at": 0,
        "creator_id": bob.id,
        "name": "zebra",
    }
    client = client_for(charlie)
    for path in (f"/emoji/{emoji['zebra'].id}", "/emoji/name/zebra"):
        assert orjson.loads(client.get(path).content) == wanted


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/emoji/short", 400, INVALID_URL),
        ("/emoji/{gone}", 404, "app.emoji.get.no_result"),
        ("/emoji/name/gone", 404, "app.emoji.get_by_name.no_result"),
        ("/emoji/name/smile", 404, "app.emoji.get_by_name.no_result"),
        ("/emoji/name/" + "n" * 65, 400, INVALID_URL),
        ("/emoji/name/no.name", 404, "api.context.404.app_error"),
        ("/emoji?sort=size", 400, INVALID_URL),
        ("/emoji/autocomplete", 400, INVALID_URL),
    ],
)
def test_it_refuses_what_is_not_there(
    client_for: Any, alice: User, emoji: dict[str, Emoji], path: str, status: int, error: str
) -> None:
    reply = client_for(alice).get(path.format(gone=emoji["gone"].id))
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (status, error)


def test_it_lists_by_age_or_name_in_pages(client_for: Any, alice: User, emoji: dict[str, Emoji]) -> None:
    client = client_for(alice)
    assert names(client.get("/emoji"))[:2] == ["zebra", "apple_pie"]
    assert names(client.get("/emoji?sort=name&per_page=2&page=0")) == ["apple_pie", "pineapple"]
    assert names(client.get("/emoji?page=100000")) == []


def test_it_lists_those_named(client_for: Any, alice: User, emoji: dict[str, Emoji]) -> None:
    assert names(client_for(alice).post("/emoji/names", ["zebra", "gone", "smile"])) == ["zebra"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ([], INVALID_BODY),
        ({"names": []}, "api.payload.parse.error"),
        (["n"] * 201, "api.emoji.get_multiple_by_name_too_many.request_error"),
    ],
)
def test_it_refuses_other_lists_of_names(client_for: Any, alice: User, body: Any, error: str) -> None:
    reply = client_for(alice).post("/emoji/names", body)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, error)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"term": "apple"}, ["apple_pie", "pineapple"]),
        ({"term": "apple", "prefix_only": True}, ["apple_pie"]),
        ({"term": "APPLE"}, []),
        ({"term": "under_"}, ["under_score"]),
        ({"term": "%"}, []),
    ],
)
def test_it_searches_names_as_they_are_spelt(
    client_for: Any, alice: User, emoji: dict[str, Emoji], body: dict[str, Any], found: list[str]
) -> None:
    assert names(client_for(alice).post("/emoji/search", body)) == found


@pytest.mark.parametrize("body", [{}, {"term": ""}, {"term": 5}])
def test_it_refuses_searches_for_nothing(client_for: Any, alice: User, body: dict[str, Any]) -> None:
    reply = client_for(alice).post("/emoji/search", body)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, INVALID_BODY)


def test_it_completes_prefixes(client_for: Any, alice: User, emoji: dict[str, Emoji]) -> None:
    assert names(client_for(alice).get("/emoji/autocomplete?name=pine")) == ["pineapple"]


@pytest.mark.parametrize(("path", "status"), [("/emoji", 501), ("/emoji/autocomplete?name=a", 403)])
def test_it_can_be_switched_off(client_for: Any, alice: User, path: str, status: int) -> None:
    client = client_for(alice)
    with config.override(**{"ServiceSettings.EnableCustomEmoji": False}):
        reply = client.get(path)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (status, "api.emoji.disabled.app_error")


def test_built_in_names_are_emoji_too(emoji: dict[str, Emoji]) -> None:
    assert [emoji_exists(name) for name in ("smile", "zebra", "gone", "no_such")] == [True, True, False, False]
