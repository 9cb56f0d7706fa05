"""Writing with the browser's cookie needs a proof that a script of the site asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.actions.login import NewSession, start_session
from accounts.models import User
from accounts.user_agents import client_of
from mattermost_site import config

AJAX = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def signed_in(alice: User) -> NewSession:
    return start_session(user=alice, client=client_of(""))


def patch(signed_in: NewSession, headers: dict[str, str]) -> Any:
    client = Client()
    client.cookies["MMAUTHTOKEN"] = signed_in.token
    return client.put("/api/v4/users/me/patch", {"nickname": "x"}, content_type="application/json", headers=headers)


def test_it_refuses_without_proof_and_takes_the_cookie_away(signed_in: NewSession) -> None:
    reply = patch(signed_in, {})
    assert reply.status_code == 401
    assert reply.cookies["MMAUTHTOKEN"]["max-age"] == 0


def test_it_takes_the_sessions_own_token(signed_in: NewSession) -> None:
    assert patch(signed_in, {"X-CSRF-Token": signed_in.session.props["csrf"]}).status_code == 200


def test_it_takes_a_header_that_no_foreign_page_can_send(signed_in: NewSession) -> None:
    assert patch(signed_in, AJAX).status_code == 200


def test_it_does_not_where_the_server_is_strict(signed_in: NewSession) -> None:
    with config.override(**{"ServiceSettings.ExperimentalStrictCSRFEnforcement": True}):
        assert patch(signed_in, AJAX).status_code == 401


def test_reading_needs_no_proof(signed_in: NewSession) -> None:
    client = Client()
    client.cookies["MMAUTHTOKEN"] = signed_in.token
    assert client.get("/api/v4/users/me").status_code == 200
