"""Personal access tokens."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Bot, User, UserAccessToken
from mattermost_site import config
from mattermost_site.ids import new_id

HOLDER = "system_user system_user_access_token"


@pytest.fixture(autouse=True)
def switched_on(db: None) -> Any:
    with config.override(**{"ServiceSettings.EnableUserAccessTokens": True}):
        yield


@pytest.fixture
def dora(make_user: Any) -> User:
    """Somebody who may have tokens."""
    holder: User = make_user("dora", roles=HOLDER)
    return holder


def create(client: Any, user_id: str = "me", description: Any = "script") -> Any:
    return client.post(f"/users/{user_id}/tokens", {"description": description})


def use(secret: str) -> int:
    return Client().get("/api/v4/users/me", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_it_signs_in_and_its_secret_is_shown_once(client_for: Any, dora: User) -> None:
    made = create(client_for(dora)).json()
    assert use(made["token"]) == 200
    assert "token" not in client_for(dora).get(f"/users/tokens/{made['id']}").json()
    assert UserAccessToken.objects.get(id=made["id"]).token != made["token"]


@pytest.mark.parametrize("way", ["disable", "revoke"])
def test_it_ends_at_once(client_for: Any, dora: User, way: str) -> None:
    made = create(client_for(dora)).json()
    assert use(made["token"]) == 200
    assert client_for(dora).post(f"/users/tokens/{way}", {"token_id": made["id"]}).status_code == 200
    assert use(made["token"]) == 401


def test_a_disabled_one_can_be_enabled(client_for: Any, dora: User) -> None:
    made = create(client_for(dora)).json()
    client_for(dora).post("/users/tokens/disable", {"token_id": made["id"]})
    client_for(dora).post("/users/tokens/enable", {"token_id": made["id"]})
    assert use(made["token"]) == 200


def test_it_ends_where_tokens_are_turned_off(client_for: Any, dora: User) -> None:
    secret = create(client_for(dora)).json()["token"]
    assert use(secret) == 200
    with config.override(**{"ServiceSettings.EnableUserAccessTokens": False}):
        assert use(secret) == 401
        assert create(client_for(dora)).status_code == 501
    assert use(secret) == 200


def test_bots_keep_theirs_where_tokens_are_turned_off(client_for: Any, admin: User, bob: User) -> None:
    Bot.objects.create(user_id=bob.id, owner_id=admin.id)
    with config.override(**{"ServiceSettings.EnableUserAccessTokens": False}):
        assert use(create(client_for(admin), bob.id).json()["token"]) == 200


def test_it_needs_the_permission(client_for: Any, alice: User, dora: User) -> None:
    made = create(client_for(dora)).json()
    client = client_for(alice)
    assert create(client).status_code == 403
    assert client.get("/users/me/tokens").status_code == 403
    assert client.get(f"/users/tokens/{made['id']}").status_code == 403
    assert client.post("/users/tokens/revoke", {"token_id": made["id"]}).status_code == 403


def test_holders_make_none_for_others(client_for: Any, dora: User, alice: User) -> None:
    assert create(client_for(dora), alice.id).status_code == 403


@pytest.mark.parametrize(
    ("description", "error"),
    [
        ("", "api.context.invalid_body_param.app_error"),
        (5, "api.context.invalid_body_param.app_error"),
        ("d" * 256, "model.user_access_token.is_valid.description.app_error"),
    ],
)
def test_it_needs_a_description(client_for: Any, dora: User, description: Any, error: str) -> None:
    reply = create(client_for(dora), description=description)
    assert (reply.status_code, reply.json()["id"]) == (400, error)


def test_it_finds_none(client_for: Any, dora: User) -> None:
    reply = client_for(dora).get(f"/users/tokens/{new_id()}")
    assert (reply.status_code, reply.json()["id"]) == (404, "app.user_access_token.get_by_user.app_error")


def test_admins_search_by_owner_and_id(client_for: Any, admin: User, dora: User) -> None:
    made = create(client_for(dora)).json()
    client = client_for(admin)
    for term in ("dor", dora.id, made["id"]):
        assert [row["id"] for row in client.post("/users/tokens/search", {"term": term}).json()] == [made["id"]]
    assert client.post("/users/tokens/search", {"term": ""}).status_code == 400
    assert client_for(dora).post("/users/tokens/search", {"term": "dor"}).status_code == 403


@pytest.mark.usefixtures("serving")
def test_using_one_takes_one_statement(client_for: Any, dora: User, django_assert_num_queries: Any) -> None:
    secret = create(client_for(dora)).json()["token"]
    use(secret)
    with django_assert_num_queries(1):
        use(secret)
