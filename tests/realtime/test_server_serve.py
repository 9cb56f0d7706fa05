"""The whole way, with the real server: over the network, in, and out."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests import services
from tests.services import Server

PERSON = {"email": "ann@example.com", "username": "ann", "password": "correct-horse-1"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """An embedded server of its own with one account, which owns it."""
    with services.server() as started:
        httpx.post(f"{started.url}/api/v4/users", json=PERSON).raise_for_status()
        yield started


def sign_in(server: Server) -> str:
    credentials = {"login_id": PERSON["username"], "password": PERSON["password"]}
    return httpx.post(f"{server.url}/api/v4/users/login", json=credentials).raise_for_status().headers["Token"]


def opened(server: Server, token: str, **headers: str) -> ClientConnection:
    address = server.url.replace("http", "ws", 1) + "/api/v4/websocket"
    return connect(address, additional_headers={"Authorization": f"Bearer {token}", **headers})


def hear(socket: ClientConnection, name: str) -> Any:
    """The next event of this name."""
    while True:
        frame = json.loads(socket.recv(timeout=5))
        if frame.get("event") == name:
            return frame


def test_an_event_arrives_at_a_socket(server: Server) -> None:
    token = sign_in(server)
    with opened(server, token) as socket:
        version = hear(socket, "hello")["data"]["server_version"]
        reply = httpx.put(
            f"{server.url}/api/v4/users/me/preferences",
            headers={"Authorization": f"Bearer {token}"},
            json=[
                {
                    "user_id": hear(socket, "status_change")["data"]["user_id"],
                    "category": "a",
                    "name": "b",
                    "value": "c",
                }
            ],
        )
        assert reply.raise_for_status().headers["X-Version-Id"] == version
        assert json.loads(hear(socket, "preferences_changed")["data"]["preferences"])[0]["value"] == "c"


def test_a_page_of_another_origin_is_refused_by_the_server(server: Server) -> None:
    with pytest.raises(InvalidStatus) as caught:
        opened(server, sign_in(server), Origin="https://evil.example.com")
    assert caught.value.response.status_code == 403


def test_a_token_in_the_address_is_refused_by_the_server(server: Server) -> None:
    address = server.url.replace("http", "ws", 1) + f"/api/v4/websocket?access_token={sign_in(server)}"
    with pytest.raises(InvalidStatus) as caught:
        connect(address)
    assert json.loads(caught.value.response.body)["id"] == "api.context.token_provided.app_error"


def test_logging_out_silences_the_socket(server: Server) -> None:
    token = sign_in(server)
    with opened(server, token) as socket:
        hear(socket, "hello")
        httpx.post(f"{server.url}/api/v4/users/logout", headers={"Authorization": f"Bearer {token}"}).raise_for_status()
        socket.send(json.dumps({"action": "ping", "seq": 1}))
        while "seq_reply" not in (frame := json.loads(socket.recv(timeout=5))):
            continue
        assert frame["error"]["id"] == "api.web_socket_router.not_authenticated.app_error"


def test_a_server_that_is_told_to_end_says_goodbye(server: Server) -> None:
    with opened(server, sign_in(server)) as socket:
        hear(socket, "hello")
        server.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as caught:
            while True:
                socket.recv(timeout=10)
        assert caught.value.rcvd is not None and caught.value.rcvd.code == 1001
    assert server.process.wait(20) == 0
