"""Signing in and out by form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.authentication import COOKIE_CSRF, COOKIE_TOKEN, COOKIE_USER
from accounts.models import Session, User
from tests.cast import PASSWORD

Pages = Callable[[User | None], Client]


def test_it_sets_the_cookies_of_the_api(pages_for: Pages, alice: User) -> None:
    response = pages_for(None).post("/login", {"login_id": "alice", "password": PASSWORD})
    assert response.status_code == 302
    assert {COOKIE_TOKEN, COOKIE_USER, COOKIE_CSRF} <= response.cookies.keys()
    assert response.cookies[COOKIE_TOKEN]["httponly"]


def test_it_says_what_is_wrong_and_keeps_the_name(pages_for: Pages, alice: User) -> None:
    response = pages_for(None).post("/login", {"login_id": "alice", "password": "no-such-password"})
    page = response.content.decode()
    assert response.status_code == 401
    assert 'role="alert"' in page and 'value="alice"' in page
    assert "no-such-password" not in page


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_it_sends_nobody_to_another_site(pages_for: Pages, alice: User, target: str) -> None:
    credentials = {"login_id": "alice", "password": PASSWORD, "redirect_to": target}
    assert pages_for(None).post("/login", credentials)["Location"] == "/"


def test_it_leads_back_into_the_site(pages_for: Pages, alice: User) -> None:
    credentials = {"login_id": "alice", "password": PASSWORD, "redirect_to": "/crew/channels/x"}
    assert pages_for(None).post("/login", credentials)["Location"] == "/crew/channels/x"


def test_it_refuses_forms_of_other_sites(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/login", {"login_id": "alice", "password": PASSWORD}).status_code == 403


def test_it_asks_for_an_account_where_there_is_none(pages_for: Pages) -> None:
    assert pages_for(None).get("/login")["Location"] == "/signup_user_complete/"


def test_it_ends_the_session(pages_for: Pages, alice: User) -> None:
    client = pages_for(alice)
    response = client.post("/logout")
    assert response["Location"] == "/login"
    assert not Session.objects.filter(user_id=alice.id).exists()
    assert client.get("/select_team")["Location"] == "/login?redirect_to=/select_team"


def test_it_logs_nobody_out_by_a_link(pages_for: Pages, alice: User) -> None:
    assert pages_for(alice).get("/logout").status_code == 405
