"""A server that is told to end finishes what it began, says good-bye, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.services import Server, server

PATIENCE = 15  # seconds; a worker would be given 25, which only a stuck request needs
PERSON = {"email": "ann@example.com", "username": "ann", "password": "correct-horse-1"}


@pytest.fixture
def running() -> Iterator[Server]:
    """A server that the test may end."""
    with server() as started:
        yield started


def token_of(running: Server) -> str:
    httpx.post(f"{running.url}/api/v4/users", json=PERSON).raise_for_status()
    credentials = {"login_id": PERSON["username"], "password": PERSON["password"]}
    return httpx.post(f"{running.url}/api/v4/users/login", json=credentials).raise_for_status().headers["Token"]


def half_sent(running: Server, body: bytes) -> socket.socket:
    """A connection over which all but the last byte of a request to sign up went."""
    place = urlsplit(running.url)
    connection = socket.create_connection((place.hostname, place.port), PATIENCE)
    head = f"POST /api/v4/users HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body[:-1])
    return connection


def is_refused(running: Server) -> bool:
    try:
        httpx.get(f"{running.url}/api/v4/system/ping", timeout=2)
    except httpx.ConnectError:
        return True
    except httpx.HTTPError:
        return False
    return False


def wait_until_refused(running: Server) -> None:
    end = time.monotonic() + PATIENCE
    while not is_refused(running):
        assert time.monotonic() < end, "it still takes connections"
        time.sleep(0.05)


def test_it_finishes_requests_under_way(running: Server) -> None:
    body = json.dumps(PERSON).encode()
    with half_sent(running, body) as connection:
        httpx.get(f"{running.url}/api/v4/system/ping")  # so the one before it has arrived, too
        running.process.send_signal(signal.SIGTERM)
        wait_until_refused(running)
        connection.sendall(body[-1:])
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 201 ")
    assert running.process.wait(PATIENCE) == 0


def test_it_closes_sockets_and_ends_with_success(running: Server) -> None:
    headers = {"Authorization": f"Bearer {token_of(running)}"}
    with connect(running.url.replace("http", "ws", 1) + "/api/v4/websocket", additional_headers=headers) as chat:
        chat.recv(PATIENCE)
        running.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as caught:
            while True:
                chat.recv(PATIENCE)
    assert caught.value.rcvd and caught.value.rcvd.code == 1001
    assert running.process.wait(PATIENCE) == 0


def test_its_worker_ends_by_itself(running: Server) -> None:
    """Not by the signal, which would cut off the job that is under way."""
    (worker,) = psutil.Process(running.process.pid).children()
    os.kill(worker.pid, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while "worker 0 ended" not in (log := running.log.read_text()):
        assert time.monotonic() < end, log
        time.sleep(0.05)
    assert "worker 0 ended with status 0;" in log


def test_it_says_nothing_of_failures_when_it_ends(running: Server) -> None:
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(PATIENCE) == 0
    log = running.log.read_text()
    assert "Traceback" not in log and "ERROR" not in log


def test_workers_do_not_outlive_their_parent(running: Server) -> None:
    """A new server could not have its port otherwise."""
    running.process.kill()
    running.process.wait(PATIENCE)
    wait_until_refused(running)


def test_it_leaves_no_folder_behind(tmp_path: Path) -> None:
    with server({"TMPDIR": str(tmp_path)}) as started:
        assert list(tmp_path.glob("metrics-*"))
    assert started.process.returncode == 0
    assert not list(tmp_path.glob("metrics-*"))
