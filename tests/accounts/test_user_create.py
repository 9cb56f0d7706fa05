"""POST /users."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from accounts import one_time
from accounts.models import Group, Preference, User
from mattermost_site import clock, config, jobs
from mattermost_site.models import Outbox
from teams.models import Team, TeamMember

ACCOUNT = {"email": "Dora@Example.com", "username": "Dora", "password": "correct-horse-1"}
OPEN = {"TeamSettings.EnableOpenServer": True}


def test_it_makes_the_first_person_admin(client_for: Any) -> None:
    reply = client_for(None).post("/users", ACCOUNT)
    assert (reply.status_code, reply.json()["roles"]) == (201, "system_admin system_user")


def test_it_stores_name_and_address_in_lower_case(client_for: Any, admin: User) -> None:
    made = client_for(admin).post("/users", ACCOUNT).json()
    assert (made["username"], made["email"]) == ("dora", "dora@example.com")


def test_it_never_shows_or_keeps_the_password(client_for: Any, admin: User) -> None:
    made = client_for(admin).post("/users", ACCOUNT).json()
    assert "password" not in made
    assert ACCOUNT["password"] not in User.objects.get(id=made["id"]).password


def test_it_gives_first_preferences(client_for: Any, admin: User) -> None:
    made = client_for(admin).post("/users", ACCOUNT).json()
    assert set(Preference.objects.filter(user_id=made["id"]).values_list("category", "value")) == {
        ("tutorial_step", "0"),
        ("recommended_next_steps", "false"),
        ("system_notice", "true"),
    }


def test_it_is_closed_to_strangers_by_default(client_for: Any, admin: User) -> None:
    reply = client_for(None).post("/users", ACCOUNT)
    assert (reply.status_code, reply.json()["id"]) == (403, "api.user.create_user.no_open_server")


def test_it_gives_nobody_what_they_ask_for(client_for: Any, admin: User) -> None:
    wish = {**ACCOUNT, "roles": "system_admin system_user", "email_verified": True, "auth_service": "gitlab"}
    with config.override(**OPEN):
        made = client_for(None).post("/users", wish).json()
    assert (made["roles"], made["auth_service"], made.get("email_verified")) == ("system_user", "", None)


def test_it_joins_the_team_of_an_invite_id(client_for: Any, team: Team) -> None:
    made = client_for(None).post(f"/users?iid={team.invite_id}", ACCOUNT).json()
    assert TeamMember.objects.filter(team_id=team.id, user_id=made["id"], delete_at=0).exists()


def test_it_makes_no_account_for_a_domain_that_the_team_refuses(client_for: Any, team: Team) -> None:
    Team.objects.filter(id=team.id).update(allowed_domains="corp.example.org")
    reply = client_for(None).post(f"/users?iid={team.invite_id}", ACCOUNT)
    assert (reply.status_code, reply.json()["id"]) == (403, "api.team.invite_members.invalid_email.app_error")
    assert not User.objects.filter(username="dora").exists()


def invitation(team: Team, kind: str = one_time.TEAM_INVITATION, **extra: str) -> str:
    return one_time.issue(kind, {"teamId": team.id, "email": "dora@example.com", **extra})


def test_it_takes_an_invitation_once(client_for: Any, team: Team) -> None:
    secret = invitation(team)
    made = client_for(None).post(f"/users?t={secret}", ACCOUNT).json()
    assert made["email_verified"]
    again = client_for(None).post(f"/users?t={secret}", {**ACCOUNT, "username": "other"})
    assert (again.status_code, again.json()["id"]) == (404, "api.user.create_user.signup_link_invalid.app_error")


def test_it_makes_a_guest_of_an_invited_guest(client_for: Any, team: Team, town_square: Any) -> None:
    secret = invitation(team, one_time.GUEST_INVITATION, channels=town_square.id)
    made = client_for(None).post(f"/users?t={secret}", ACCOUNT).json()
    assert made["roles"] == "system_guest"
    assert TeamMember.objects.get(team_id=team.id, user_id=made["id"]).scheme_guest


def test_it_refuses_an_invitation_of_somebody_else(client_for: Any, team: Team) -> None:
    reply = client_for(None).post(f"/users?t={invitation(team)}", {**ACCOUNT, "email": "eve@example.com"})
    assert reply.json()["id"] == "api.user.create_user.bad_token_email_data.app_error"


def test_it_refuses_an_expired_invitation(client_for: Any, team: Team, monkeypatch: Any) -> None:
    secret = invitation(team)
    later = clock.now() + 3 * clock.DAY
    monkeypatch.setattr(clock, "now", lambda: later)
    reply = client_for(None).post(f"/users?t={secret}", ACCOUNT)
    assert reply.json()["id"] == "api.user.create_user.signup_link_expired.app_error"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"username": "bob"}, "app.user.save.username_exists.app_error"),
        ({"email": "BOB@example.com"}, "app.user.save.email_exists.app_error"),
        ({"username": "crew"}, "app.user.group_name_conflict"),
        ({"username": "all"}, "model.user.is_valid.username.app_error"),
        ({"email": "two@at@example.com"}, "model.user.is_valid.email.app_error"),
        ({"password": "short"}, "model.user.is_valid.pwd_min_length.app_error"),
        ({"id": "a" * 26}, "app.user.save.existing.app_error"),
        ({"username": 5}, "api.context.invalid_body_param.app_error"),
    ],
)
def test_it_refuses(client_for: Any, admin: User, bob: User, change: dict[str, Any], error: str) -> None:
    Group.objects.create(id="g" * 26, name="crew", source="custom", remote_id="x")
    reply = client_for(admin).post("/users", {**ACCOUNT, **change})
    assert (reply.status_code, reply.json()["id"]) == (400, error)


def test_it_greets_by_mail(client_for: Any, admin: User) -> None:
    Outbox.objects.all().delete()
    client_for(admin).post("/users", ACCOUNT)
    jobs.run_due()
    assert [(sent.to, "dora" in sent.body) for sent in mail.outbox] == [(["dora@example.com"], True)]


def test_it_sends_no_mail_where_mails_are_off(client_for: Any, admin: User) -> None:
    Outbox.objects.all().delete()
    with config.override(**{"EmailSettings.SendEmailNotifications": False}):
        client_for(admin).post("/users", ACCOUNT)
    assert not Outbox.objects.exists()
