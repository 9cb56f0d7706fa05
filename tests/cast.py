"""The people and places that tests play with, made as the server itself makes them.

alice is a plain member and admin of ``team``, bob a member, charlie has an account but is
in no team, admin is the system admin. A plugin of pytest (``addopts`` in pyproject.toml).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client, TestCase

from accounts.actions.login import start_session
from accounts.actions.users import NewUser, create_user
from accounts.models import User
from accounts.user_agents import client_of
from mattermost_site import realtime
from mattermost_site.actor import Actor
from mattermost_site.realtime.events import Event
from messaging.models import Channel
from teams.actions.members import join_team
from teams.actions.teams import NewTeam, create_team
from teams.models import Team

PASSWORD = "correct-horse-1"  # noqa: S105 - of people who do not exist


class ApiClient:
    """Talks to the API as one person; paths are below /api/v4. Events of a request are sent at once."""

    def __init__(self, user: User | None) -> None:
        self.user = user
        token = start_session(user=user, client=client_of("")).token if user else ""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = Client(headers=headers)

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> HttpResponse:
        """One request; ``body`` is sent as JSON."""
        if body is not None:
            options |= {"data": orjson.dumps(body), "content_type": "application/json"}
        with TestCase.captureOnCommitCallbacks(execute=True):
            response: Any = self.client.generic(method, f"/api/v4{path}", **options)
        return cast(HttpResponse, response)

    def get(self, path: str, **options: Any) -> HttpResponse:
        return self.request("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> HttpResponse:
        return self.request("POST", path, {} if body is None else body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> HttpResponse:
        return self.request("PUT", path, {} if body is None else body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> HttpResponse:
        return self.request("PATCH", path, {} if body is None else body, **options)

    def delete(self, path: str, body: Any = None, **options: Any) -> HttpResponse:
        return self.request("DELETE", path, body, **options)


@pytest.fixture
def client_for(db: None) -> Callable[[User | None], ApiClient]:
    """A client of the API for a person; for nobody with None."""
    return ApiClient


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Makes an account: ``make_user("dora", roles="system_user")``."""

    def make(name: str, *, roles: str = "system_user", **fields: Any) -> User:
        wanted = NewUser(email=f"{name}@example.com", username=name, password=PASSWORD, **fields)
        return create_user(wanted=wanted, roles=roles)

    return make


@pytest.fixture
def admin(make_user: Callable[..., User]) -> User:
    """The system admin."""
    return make_user("admin", roles="system_admin system_user")


@pytest.fixture
def alice(make_user: Callable[..., User]) -> User:
    """Admin of ``team``."""
    return make_user("alice", first_name="Alice")


@pytest.fixture
def bob(make_user: Callable[..., User]) -> User:
    """Member of ``team``."""
    return make_user("bob", first_name="Bob")


@pytest.fixture
def charlie(make_user: Callable[..., User]) -> User:
    """Somebody with an account, in no team."""
    return make_user("charlie", first_name="Charlie")


def actor_of(user: User) -> Actor:
    """The actor that a session of this user would be."""
    return Actor(user_id=user.id, roles=tuple(user.roles.split()))


@pytest.fixture
def team(alice: User, bob: User) -> Team:
    """A team of alice, its admin, and bob."""
    wanted = NewTeam(name="crew", display_name="Crew", type="O")
    made = create_team(actor=actor_of(alice), creator=alice, wanted=wanted)
    join_team(team=made, user=bob, by=actor_of(bob))
    return made


@pytest.fixture
def town_square(team: Team) -> Channel:
    """The first channel of ``team``."""
    return Channel.objects.get(team_id=team.id, name="town-square")


@contextmanager
def _recorded() -> Iterator[list[Event]]:
    with realtime.testing.recorded() as events:
        yield events


@pytest.fixture
def events(db: None) -> Iterator[list[Event]]:
    """The events published while the test runs, in order."""
    with _recorded() as found:
        yield found
