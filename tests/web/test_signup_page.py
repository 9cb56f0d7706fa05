"""Making accounts by form."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from mattermost_site import config
from teams.models import Team, TeamMember
from tests.cast import PASSWORD

Pages = Callable[[User | None], Client]
FORM = {"email": "dora@example.com", "username": "dora", "password": PASSWORD}


def test_it_tells_the_first_person_that_they_become_admin(pages_for: Pages) -> None:
    client = pages_for(None)
    assert "system admin" in client.get("/signup_user_complete/").content.decode()
    client.post("/signup_user_complete/", FORM)
    assert "system_admin" in User.objects.get(username="dora").roles


def test_it_tells_when_sign_up_is_closed(pages_for: Pages, alice: User) -> None:
    page = pages_for(None).get("/signup_user_complete/").content.decode()
    assert "Sign-up is closed" in page and "<form" not in page


def test_it_makes_no_account_when_sign_up_is_closed(pages_for: Pages, alice: User) -> None:
    assert pages_for(None).post("/signup_user_complete/", FORM).status_code == 403
    assert not User.objects.filter(username="dora").exists()


def test_it_lets_people_in_by_invitation(pages_for: Pages, team: Team) -> None:
    client = pages_for(None)
    assert "Join Crew" in client.get(f"/signup_user_complete/?id={team.invite_id}").content.decode()
    assert client.post("/signup_user_complete/", {**FORM, "id": team.invite_id}).status_code == 302
    assert TeamMember.objects.filter(team_id=team.id, user_id=User.objects.get(username="dora").id).exists()


def test_it_refuses_unknown_invitations(pages_for: Pages, alice: User) -> None:
    assert pages_for(None).get("/signup_user_complete/?id=nothing").status_code == 404


def test_it_blames_the_field_that_is_wrong(pages_for: Pages, alice: User) -> None:
    with config.override(**{"TeamSettings.EnableOpenServer": True}):
        response = pages_for(None).post("/signup_user_complete/", {**FORM, "username": "alice"})
    page = response.content.decode()
    name_field = page[page.index('name="username"') : page.index('name="password"')]
    assert 'aria-invalid="true"' in name_field
    assert 'value="dora@example.com"' in page and PASSWORD not in page


def test_it_asks_members_whether_to_join(pages_for: Pages, charlie: User, team: Team) -> None:
    client = pages_for(charlie)
    assert client.get(f"/signup_user_complete/?id={team.invite_id}")["Location"] == f"/join_team?id={team.invite_id}"
    client.post("/join_team", {"id": team.invite_id})
    assert TeamMember.objects.filter(team_id=team.id, user_id=charlie.id, delete_at=0).exists()
