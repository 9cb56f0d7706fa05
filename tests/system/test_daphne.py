"""The application runs under daphne as well: ``daphne mattermost_site.asgi:application``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from tests.environment import variables
from tests.processes import HOST, answers, folder, free_port, process
from tests.services import ROOT
from tests.system.conftest import OPEN, Person

PATIENCE = 10  # seconds


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The address of an embedded installation that daphne serves."""
    with folder("daphne") as place:
        env = {name: value for name, value in os.environ.items() if not name.startswith("MM_")}
        env |= variables(place) | OPEN
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
        port = free_port()
        program = str(Path(sys.executable).with_name("daphne"))
        command = [program, "-b", HOST, "-p", str(port), "mattermost_site.asgi:application"]
        ping = f"http://{HOST}:{port}/api/v4/system/ping"
        ready = answers(lambda: httpx.get(ping, timeout=5).raise_for_status(), httpx.HTTPError)
        with process(command, cwd=ROOT, log=place / "daphne.log", ready=ready, env=env):
            yield f"http://{HOST}:{port}"


@pytest.fixture(scope="module")
def person(base: str) -> Iterator[Person]:
    made = Person(base, "ann")
    yield made
    made.http.close()


def hear(socket: Any, name: str) -> dict[str, Any]:
    while (frame := json.loads(socket.recv(PATIENCE))).get("event") != name:
        continue
    return dict(frame)


def test_it_answers_a_ping(base: str) -> None:
    reply = httpx.get(f"{base}/api/v4/system/ping")
    assert reply.json()["status"] == "OK"
    assert reply.headers["Content-Type"] == "application/json"


def test_it_signs_people_in(person: Person) -> None:
    assert person.http.get("/users/me").raise_for_status().json()["username"] == "ann"


def test_it_tells_sockets_of_posts(base: str, person: Person) -> None:
    team = person.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})
    channel_id = person.http.get(f"/users/me/teams/{team['id']}/channels").json()[0]["id"]
    headers = {"Authorization": f"Bearer {person.token}"}
    with connect(base.replace("http", "ws", 1) + "/api/v4/websocket", additional_headers=headers) as socket:
        hear(socket, "hello")
        post = person.post("/posts", {"channel_id": channel_id, "message": "hello"})
        assert json.loads(hear(socket, "posted")["data"]["post"])["id"] == post["id"]


def test_it_streams(person: Person) -> None:
    reply = person.http.get(f"/users/{person.id}/channel_members?page=-1&per_page=60").raise_for_status()
    assert reply.headers["Content-Type"] == "application/x-ndjson"
    assert all(json.loads(line)["user_id"] == person.id for line in reply.text.splitlines())
