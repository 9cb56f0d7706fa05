"""Listing and ending sessions, and what devices tell of theirs."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Session, User
from teams.models import Team


def test_the_list_shows_memberships_and_no_token(client_for: Any, team: Team, alice: User) -> None:
    found = client_for(alice).get("/users/me/sessions").json()
    assert [(row["token"], [member["team_id"] for member in row["team_members"]]) for row in found] == [("", [team.id])]


def test_one_is_ended_by_its_owner(client_for: Any, alice: User) -> None:
    here, there = client_for(alice), client_for(alice)
    ids = {row["id"] for row in there.get("/users/me/sessions").json()}
    mine = Session.objects.filter(user_id=alice.id).order_by("create_at", "id").first()
    assert mine and mine.id in ids
    assert here.post("/users/me/sessions/revoke", {"session_id": mine.id}).status_code == 200
    assert sorted((here.get("/users/me").status_code, there.get("/users/me").status_code)) == [200, 401]


def test_nobody_ends_anothers(client_for: Any, alice: User, bob: User) -> None:
    theirs = client_for(alice)
    session = Session.objects.get(user_id=alice.id)
    client = client_for(bob)
    assert client.post(f"/users/{alice.id}/sessions/revoke", {"session_id": session.id}).status_code == 403
    under_own_name = client.post("/users/me/sessions/revoke", {"session_id": session.id})
    assert (under_own_name.status_code, under_own_name.json()["id"]) == (
        400,
        "api.context.invalid_url_param.app_error",
    )
    assert theirs.get("/users/me").status_code == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [({}, "api.context.invalid_body_param.app_error"), ({"session_id": "a" * 26}, "app.session.get.app_error")],
)
def test_it_ends_none_that_is_not_there(client_for: Any, alice: User, body: dict[str, str], error: str) -> None:
    reply = client_for(alice).post("/users/me/sessions/revoke", body)
    assert (reply.status_code, reply.json()["id"]) == (400, error)


def test_all_of_a_user_end(client_for: Any, alice: User) -> None:
    here, there = client_for(alice), client_for(alice)
    assert here.post("/users/me/sessions/revoke/all").status_code == 200
    assert (here.get("/users/me").status_code, there.get("/users/me").status_code) == (401, 401)


def test_all_of_everybody_end_for_admins_only(client_for: Any, admin: User, alice: User) -> None:
    theirs, boss = client_for(alice), client_for(admin)
    assert theirs.post("/users/sessions/revoke/all").status_code == 403
    assert boss.post("/users/sessions/revoke/all").status_code == 200
    assert (theirs.get("/users/me").status_code, boss.get("/users/me").status_code) == (401, 401)


def test_a_device_has_one_session(client_for: Any, alice: User) -> None:
    old, new = client_for(alice), client_for(alice)
    assert old.put("/users/sessions/device", {"device_id": "apple_rn:1"}).status_code == 200
    assert new.put("/users/sessions/device", {"device_id": "apple_rn:1"}).status_code == 200
    assert (old.get("/users/me").status_code, new.get("/users/me").status_code) == (401, 200)


def test_a_device_of_another_account_is_left_alone(client_for: Any, alice: User, bob: User) -> None:
    client_for(alice).put("/users/sessions/device", {"device_id": "apple_rn:1"})
    client_for(bob).put("/users/sessions/device", {"device_id": "apple_rn:1"})
    assert Session.objects.filter(device_id="apple_rn:1").count() == 2


def test_a_device_tells_of_itself(client_for: Any, alice: User) -> None:
    told = {"device_notification_disabled": "true", "mobile_version": "2.20.0"}
    client_for(alice).put("/users/sessions/device", told)
    props = Session.objects.get(user_id=alice.id).props
    assert told.items() <= props.items()


@pytest.mark.parametrize("body", [{"device_notification_disabled": "maybe"}, {"mobile_version": "two"}])
def test_a_device_tells_no_nonsense(client_for: Any, alice: User, body: dict[str, str]) -> None:
    reply = client_for(alice).put("/users/sessions/device", body)
    assert (reply.status_code, reply.json()["id"]) == (400, "api.context.invalid_body_param.app_error")


@pytest.mark.usefixtures("serving")
def test_a_known_session_costs_no_statement(client_for: Any, alice: User, django_assert_num_queries: Any) -> None:
    client = client_for(alice)
    client.get("/users/me")
    with django_assert_num_queries(0):
        client.get("/users/short")
