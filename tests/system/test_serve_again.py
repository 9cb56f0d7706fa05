"""A second start finds everything as the first one left it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.environment import variables
from tests.services import server

PERSON = {"email": "ann@example.com", "username": "ann", "password": "correct-horse-1"}


def state(folder: Path) -> dict[str, Any]:
    """What an installation writes once, read while no server runs."""
    with sqlite3.connect(folder / "chat.db") as database:
        migrations = database.execute("SELECT app, name, applied FROM django_migrations ORDER BY id").fetchall()
        roles = database.execute("SELECT id, name, updateat FROM roles ORDER BY id").fetchall()
        systems = dict(database.execute("SELECT name, value FROM systems").fetchall())
    settings = json.loads((folder / "config.json").read_text())
    return {"migrations": migrations, "roles": roles, "systems": systems, "config.json": settings}


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The state after the first and after the second run of the same installation."""
    folder, states = tmp_path_factory.mktemp("installation"), []
    for number in range(2):
        with server(variables(folder)) as running:
            if number == 0:
                httpx.post(f"{running.url}/api/v4/users", json=PERSON).raise_for_status()
            body = {"login_id": PERSON["username"], "password": PERSON["password"]}
            reply = httpx.post(f"{running.url}/api/v4/users/login", json=body)
            client = httpx.get(f"{running.url}/api/v4/config/client?format=old").json()
        states.append(state(folder) | {"login": reply.status_code, "id": client["DiagnosticId"]})
    return states


@pytest.mark.parametrize("part", ["migrations", "roles", "systems", "config.json", "id"])
def test_it_installs_nothing_again(starts: list[dict[str, Any]], part: str) -> None:
    first, second = starts
    assert second[part] == first[part]
    assert first[part]


def test_people_can_still_sign_in(starts: list[dict[str, Any]]) -> None:
    assert [start["login"] for start in starts] == [200, 200]
