"""A real server for each file of tests: embedded, or PostgreSQL and Redis with two workers, as the run chooses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from tests.services import Server, fresh_database, server

PASSWORD = "correct-horse-1"
OPEN = {"MM_TEAMSETTINGS_ENABLEOPENSERVER": "true", "MM_TEAMSETTINGS_MAXUSERSPERTEAM": "1000"}


@pytest.fixture(scope="module")
def live() -> Iterator[Server]:
    """The running server; anybody may sign up."""
    with ExitStack() as stack:
        if os.environ.get("MM_SQLSETTINGS_DRIVERNAME") != "postgres":
            yield stack.enter_context(server(OPEN))
            return
        address = os.environ["MM_SQLSETTINGS_DATASOURCE"]
        env = {
            "MM_SQLSETTINGS_DRIVERNAME": "postgres",
            "MM_SQLSETTINGS_DATASOURCE": stack.enter_context(fresh_database(address)),
            "MM_CACHESETTINGS_CACHETYPE": "redis",
            "MM_CACHESETTINGS_REDISADDRESS": os.environ["MM_CACHESETTINGS_REDISADDRESS"],
            "MM_CACHESETTINGS_REDISDB": str(int(os.environ.get("MM_CACHESETTINGS_REDISDB", "0")) + 8),
        }
        yield stack.enter_context(server(OPEN | env, workers=2))


class Person:
    """Somebody with an account on the live server, who talks to its API."""

    def __init__(self, base: str, name: str) -> None:
        self.name = name
        self.http = httpx.Client(base_url=f"{base}/api/v4", timeout=20)
        body = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
        self.id = self.http.post("/users", json=body).raise_for_status().json()["id"]
        reply = self.http.post("/users/login", json={"login_id": name, "password": PASSWORD}).raise_for_status()
        self.token = reply.headers["Token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def post(self, path: str, body: Any) -> Any:
        """The parsed reply of a request that must succeed."""
        return self.http.post(path, json=body).raise_for_status().json()


@pytest.fixture(scope="module")
def sign_up(live: Server) -> Iterator[Callable[[str], Person]]:
    """Makes accounts: ``sign_up("alice")``. The first is the system admin."""
    people: list[Person] = []

    def make(name: str) -> Person:
        people.append(Person(live.url, name))
        return people[-1]

    yield make
    for person in people:
        person.http.close()
