"""Nothing that lets somebody in is written to the log."""

from __future__ import annotations

import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.services import Server
from tests.system.conftest import PASSWORD, Person

WRONG_PASSWORD = "not-the-password-77"
MESSAGE = "a message that is nobody's business"


def stumble(live: Server, person: Person) -> None:
    """What goes wrong in a normal life, with a secret in each request."""
    http = person.http
    http.post("/users/login", json={"login_id": person.name, "password": WRONG_PASSWORD})
    http.post("/users/login", content=f'{{"password": "{WRONG_PASSWORD}"')
    http.put(f"/users/{person.id}/password", json={"current_password": WRONG_PASSWORD, "new_password": "1"})
    http.post("/posts", json={"channel_id": "x" * 26, "message": MESSAGE})
    http.post("/posts", json={"channel_id": 5, "message": MESSAGE})
    http.get("/users/me", params={"access_token": person.token}, headers={"Authorization": ""})
    http.get(f"/nothing/{person.token}")
    http.post("/users/password/reset", json={"token": person.token, "new_password": WRONG_PASSWORD})
    address = live.url.replace("http", "ws", 1) + f"/api/v4/websocket?access_token={person.token}"
    with pytest.raises(InvalidStatus):
        connect(address)
    place = urlsplit(live.url)
    with socket.create_connection((place.hostname, place.port), 10) as raw:
        raw.sendall(f"GET / HTTP/1.1\r\nAuthorization: Bearer {person.token}\r\nbroken\r\n\r\n".encode())
        raw.recv(1000)


@pytest.fixture(scope="module")
def log(live: Server, sign_up: Callable[[str], Person]) -> tuple[str, Person]:
    """What the server and its Celery worker wrote while somebody signed up, in and out, posted and stumbled."""
    person = sign_up("anna")
    team = person.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})
    channels = person.http.get(f"/users/me/teams/{team['id']}/channels").json()
    person.post("/posts", {"channel_id": channels[0]["id"], "message": MESSAGE})
    stumble(live, person)
    httpx.post(f"{live.url}/api/v4/users/logout", headers={"Authorization": f"Bearer {person.token}"})
    texts = [path.read_text(errors="replace") for path in live.folder.glob("*.log")]
    assert texts
    return "\n".join(texts), person


def test_no_password_is_logged(log: tuple[str, Person]) -> None:
    assert PASSWORD not in log[0]
    assert WRONG_PASSWORD not in log[0]


def test_no_token_is_logged(log: tuple[str, Person]) -> None:
    assert log[1].token not in log[0]


def test_no_message_is_logged(log: tuple[str, Person]) -> None:
    assert MESSAGE not in log[0]


def test_mistakes_of_clients_are_no_failures_of_the_server(log: tuple[str, Person]) -> None:
    assert "Traceback" not in log[0]
    assert " ERROR " not in log[0]
