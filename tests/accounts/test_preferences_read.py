"""Reading settings: all, by category, by name."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import Preference, User

LIST = "/users/{}/preferences"


@pytest.fixture
def themed(alice: User) -> dict[str, str]:
    """A setting of alice."""
    fields = {"user_id": alice.id, "category": "display_settings", "name": "name_format", "value": "full_name"}
    Preference.objects.create(**fields)
    return fields


def test_it_lists_all_of_ones_own(client_for: Any, alice: User, themed: dict[str, str]) -> None:
    assert themed in orjson.loads(client_for(alice).get(LIST.format("me")).content)


def test_it_lists_one_category(client_for: Any, alice: User, themed: dict[str, str]) -> None:
    assert orjson.loads(client_for(alice).get("/users/me/preferences/display_settings").content) == [themed]


def test_it_reads_one(client_for: Any, alice: User, themed: dict[str, str]) -> None:
    path = "/users/me/preferences/display_settings/name/name_format"
    assert orjson.loads(client_for(alice).get(path).content) == themed


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("nothing", 404, "api.preference.preferences_category.get.app_error"),
        ("display_settings/name/nothing", 400, "app.preference.get.app_error"),
        ("display_settings/name/x", 400, "api.context.invalid_url_param.app_error"),
        ("no-category", 404, "api.context.404.app_error"),
    ],
)
def test_it_refuses_what_is_not_there(
    client_for: Any, alice: User, themed: dict[str, str], path: str, status: int, error: str
) -> None:
    reply = client_for(alice).get(f"/users/me/preferences/{path}")
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (status, error)


@pytest.mark.parametrize("path", ["", "/display_settings", "/display_settings/name/name_format"])
def test_it_shows_them_to_nobody_else(
    client_for: Any, alice: User, bob: User, themed: dict[str, str], path: str
) -> None:
    assert client_for(bob).get(LIST.format(alice.id) + path).status_code == 403


def test_it_shows_them_to_the_system_admin(client_for: Any, admin: User, alice: User, themed: dict[str, str]) -> None:
    assert themed in orjson.loads(client_for(admin).get(LIST.format(alice.id)).content)


@pytest.mark.usefixtures("serving")
def test_it_takes_one_statement(
    client_for: Any, alice: User, themed: dict[str, str], django_assert_num_queries: Any
) -> None:
    client = client_for(alice)
    client.get(LIST.format("me"))
    with django_assert_num_queries(1):
        client.get(LIST.format("me"))
