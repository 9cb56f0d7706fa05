"""Pages that mails link to, and signing in with a second factor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts import one_time, totp
from accounts.authentication import COOKIE_TOKEN
from accounts.models import User
from mattermost_site import clock, config
from teams.models import Team
from tests.cast import PASSWORD

Pages = Callable[[User | None], Client]
NEW_PASSWORD = "another-horse-2"
MUST_VERIFY = {"EmailSettings.RequireEmailVerification": True, "TeamSettings.EnableOpenServer": True}


def secret_for(user: User, kind: str) -> str:
    """The secret of a link as a mail would carry it."""
    return one_time.issue(kind, {"UserId": user.id, "Email": user.email})


def test_it_sets_a_password_by_link(pages_for: Pages, alice: User) -> None:
    form = {"token": secret_for(alice, one_time.PASSWORD_RECOVERY), "password": NEW_PASSWORD}
    assert pages_for(None).post("/reset_password_complete", form)["Location"] == "/login"
    assert pages_for(None).post("/login", {"login_id": "alice", "password": NEW_PASSWORD}).status_code == 302


def test_it_says_when_a_link_is_no_good(pages_for: Pages, alice: User) -> None:
    response = pages_for(None).post("/reset_password_complete", {"token": "x" * 64, "password": NEW_PASSWORD})
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_it_tells_nobody_whose_address_it_is(pages_for: Pages, alice: User) -> None:
    pages = [
        pages_for(None).post("/reset_password", {"email": email}).content.decode().replace(email, "")
        for email in ("alice@example.com", "nobody@example.com")
    ]
    assert pages[0] == pages[1]


def test_it_confirms_an_address_by_a_click(pages_for: Pages, alice: User) -> None:
    secret = secret_for(alice, one_time.VERIFY_EMAIL)
    client = pages_for(None)
    client.get(f"/do_verify_email?token={secret}&email=alice@example.com")
    assert not User.objects.get(id=alice.id).email_verified
    client.post("/do_verify_email", {"token": secret})
    assert User.objects.get(id=alice.id).email_verified


def test_it_signs_nobody_in_before_the_address_is_confirmed(pages_for: Pages, alice: User) -> None:
    form = {"email": "dora@example.com", "username": "dora", "password": PASSWORD}
    with config.override(**MUST_VERIFY):
        response = pages_for(None).post("/signup_user_complete/", form)
    assert response["Location"] == "/login?unverified=dora%40example.com"
    assert COOKIE_TOKEN not in response.cookies


def test_it_lets_people_in_by_a_mailed_invitation(pages_for: Pages, team: Team) -> None:
    extra = {"email": "dora@example.com", "teamId": team.id}
    secret = one_time.issue(one_time.TEAM_INVITATION, extra)
    client = pages_for(None)
    page = client.get(f'/signup_user_complete/?t={secret}&d={{"email":"dora@example.com"}}').content.decode()
    assert 'value="dora@example.com" readonly' in page
    form = {"email": "dora@example.com", "username": "dora", "password": PASSWORD, "t": secret}
    assert client.post("/signup_user_complete/", form).status_code == 302
    assert User.objects.get(username="dora").email_verified


@pytest.mark.parametrize("junk", ["x", "[]", '{"email":1}', "null", '"a"'])
def test_it_takes_any_junk_for_the_address_of_an_invitation(pages_for: Pages, alice: User, junk: str) -> None:
    assert pages_for(None).get("/signup_user_complete/", {"d": junk, "t": "y"}).status_code == 200


def test_it_asks_for_the_code_of_the_second_factor(pages_for: Pages, alice: User) -> None:
    secret = totp.new_secret()
    User.objects.filter(id=alice.id).update(mfa_active=True, mfa_secret=secret)
    form = {"login_id": "alice", "password": PASSWORD}
    with config.override(**{"ServiceSettings.EnableMultifactorAuthentication": True}):
        asked = pages_for(None).post("/login", form)
        code = totp.code_at(secret, clock.now() // 1000 // totp.STEP)
        signed_in = pages_for(None).post("/login", {**form, "code": code})
    assert 'name="code"' in asked.content.decode()
    assert signed_in.status_code == 302


def test_it_opens_no_page_before_a_second_factor_that_is_demanded(pages_for: Pages, alice: User, team: Team) -> None:
    demanded = {
        "ServiceSettings.EnableMultifactorAuthentication": True,
        "ServiceSettings.EnforceMultifactorAuthentication": True,
    }
    with config.override(**demanded):
        assert pages_for(alice).get("/crew/channels/town-square").status_code == 403
