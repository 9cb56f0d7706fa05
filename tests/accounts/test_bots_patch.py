"""PUT /bots/{id}."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from tests.accounts.bots import MISSING, grant, make_bot


def test_it_changes_what_is_given_only(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin, display_name="Robo", description="works")
    shown = client_for(admin).put(f"/bots/{bot.id}", {"display_name": "Other"}).json()
    assert (shown["username"], shown["display_name"], shown["description"]) == ("robo", "Other", "works")
    assert User.objects.get(id=bot.id).first_name == "Other"


def test_an_empty_text_takes_the_old_one_away(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin, description="works")
    assert "description" not in client_for(admin).put(f"/bots/{bot.id}", {"description": ""}).json()


def test_the_address_follows_the_name(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    client_for(admin).put(f"/bots/{bot.id}", {"username": "other"})
    assert User.objects.get(id=bot.id).email == "other@localhost"


def test_the_address_of_a_person_that_it_was_stays(client_for: Any, admin: User, bob: User) -> None:
    boss = client_for(admin)
    boss.post(f"/users/{bob.id}/convert_to_bot")
    boss.put(f"/bots/{bob.id}", {"username": "other"})
    assert User.objects.get(id=bob.id).email == "bob@example.com"


def test_everybody_is_told_of_the_account(client_for: Any, admin: User, events: list[Any]) -> None:
    bot, _ = make_bot(admin)
    boss = client_for(admin)
    events.clear()
    boss.put(f"/bots/{bot.id}", {"display_name": "Other"})
    assert [event.name for event in events] == ["user_updated"] * 3
    assert {event.data["user"]["first_name"] for event in events} == {"Other"}


def test_nobody_is_told_of_nothing(client_for: Any, admin: User, events: list[Any]) -> None:
    bot, _ = make_bot(admin)
    boss = client_for(admin)
    events.clear()
    assert boss.put(f"/bots/{bot.id}", {}).status_code == 200
    assert events == []


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"username": "alice"}, "app.user.save.username_exists.app_error"),
        ({"username": "two words"}, "model.user.is_valid.username.app_error"),
        ({"username": "Capital"}, "model.user.is_valid.username.app_error"),
        ({"display_name": "d" * 65}, "model.user.is_valid.first_name.app_error"),
        ({"description": "d" * 1025}, "model.bot.is_valid.description.app_error"),
        ({"description": 7}, "api.context.invalid_body_param.app_error"),
    ],
)
def test_it_refuses(client_for: Any, admin: User, alice: User, body: dict[str, Any], error: str) -> None:
    bot, _ = make_bot(admin)
    reply = client_for(admin).put(f"/bots/{bot.id}", body)
    assert (reply.status_code, reply.json()["id"]) == (400, error)
    assert User.objects.get(id=bot.id).username == "robo"


def test_a_person_is_no_bot(client_for: Any, admin: User, alice: User) -> None:
    reply = client_for(admin).put(f"/bots/{alice.id}", {"display_name": "x"})
    assert (reply.status_code, reply.json()["id"]) == (404, MISSING)


def test_owners_change_their_own_where_they_may(client_for: Any, admin: User, alice: User) -> None:
    own, other = make_bot(alice)[0], make_bot(admin, "other")[0]
    owner = client_for(alice)
    assert owner.put(f"/bots/{own.id}", {"display_name": "x"}).status_code == 404
    grant("system_user", "read_bots")
    assert owner.put(f"/bots/{own.id}", {"display_name": "x"}).status_code == 403
    grant("system_user", "manage_bots")
    assert owner.put(f"/bots/{own.id}", {"display_name": "x"}).status_code == 200
    assert owner.put(f"/bots/{other.id}", {"display_name": "x"}).status_code == 404


def test_the_icon_is_set_by_who_manages_the_bot(client_for: Any, admin: User, alice: User) -> None:
    own, other = make_bot(alice)[0], make_bot(admin, "other")[0]
    owner = client_for(alice)
    assert owner.delete(f"/users/{own.id}/image").status_code == 403
    grant("system_user", "manage_bots")
    assert owner.delete(f"/users/{own.id}/image").status_code == 200
    assert owner.delete(f"/users/{other.id}/image").status_code == 403


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_bots_have_no_icon_routes(client_for: Any, admin: User, method: str) -> None:
    bot, _ = make_bot(admin)
    reply = getattr(client_for(admin), method)(f"/bots/{bot.id}/icon")
    assert (reply.status_code, reply.json()["id"]) == (404, "api.context.404.app_error")
