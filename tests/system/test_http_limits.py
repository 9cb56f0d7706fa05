"""What the server makes of requests that are too large, too slow, cut off, or odd."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import httpx
import pytest

from tests.services import Server, server
from tests.system.conftest import OPEN, Person

PATIENCE = 10  # seconds
LIMIT = 1024 * 1024  # bytes of the largest file that this server takes
MARGIN = 1024 * 1024  # bytes more that a form may have


@pytest.fixture(scope="module")
def live() -> Iterator[Server]:
    """A server that takes files of a megabyte, and waits a second for what a client has to say."""
    with server(OPEN | {"MM_FILESETTINGS_MAXFILESIZE": str(LIMIT), "MM_SERVICESETTINGS_READTIMEOUT": "1"}) as started:
        yield started


@contextmanager
def wire(live: Server) -> Iterator[socket.socket]:
    """A bare connection, for what no well-behaved client sends."""
    place = urlsplit(live.url)
    with socket.create_connection((place.hostname, place.port), PATIENCE) as connection:
        yield connection


def answer(connection: socket.socket) -> bytes:
    """All that comes until the connection rests or ends."""
    received = b""
    while b"\r\n\r\n" not in received and (chunk := connection.recv(1 << 16)):
        received += chunk
    return received


def is_alive(live: Server) -> bool:
    return httpx.get(f"{live.url}/api/v4/system/ping", timeout=PATIENCE).status_code == 200


def head(*lines: str) -> bytes:
    return "\r\n".join(["POST /api/v4/users HTTP/1.1", "Host: x", *lines, "", ""]).encode()


def test_it_refuses_a_body_over_the_limit_before_it_is_sent(live: Server) -> None:
    with wire(live) as connection:
        connection.sendall(head(f"Content-Length: {LIMIT + MARGIN + 1}", "Expect: 100-continue"))
        reply = answer(connection)
    assert reply.startswith(b"HTTP/1.1 413 ")
    assert b"content-type: application/json\r\n" in reply.lower()


def test_it_asks_for_a_body_within_the_limit(live: Server) -> None:
    body = json.dumps({"email": "x"}).encode()
    with wire(live) as connection:
        connection.sendall(head(f"Content-Length: {len(body)}", "Expect: 100-continue"))
        assert answer(connection).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert answer(connection).startswith(b"HTTP/1.1 400 ")


def test_it_refuses_a_chunked_body_when_it_passes_the_limit(live: Server) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with wire(live) as connection:
        connection.sendall(head("Transfer-Encoding: chunked"))
        for _ in range((LIMIT + MARGIN) // 0x10000 + 1):
            connection.sendall(chunk)
        assert answer(connection).startswith(b"HTTP/1.1 413 ")


def test_it_refuses_headers_without_end(live: Server) -> None:
    line = b"X-Filler: " + b"x" * 8000 + b"\r\n"
    received = b""
    with wire(live) as connection:
        connection.sendall(b"GET /api/v4/system/ping HTTP/1.1\r\nHost: x\r\n")
        with suppress(OSError):  # it may hang up at any time
            for _ in range(500):
                connection.sendall(line)
        with suppress(OSError):
            received = answer(connection)
    assert received == b"" or received.startswith(b"HTTP/1.1 431 ")
    assert is_alive(live)


def test_it_refuses_one_header_without_end(live: Server) -> None:
    sent = 0
    with wire(live) as connection, pytest.raises(OSError):  # noqa: PT011 - reset or broken pipe
        connection.sendall(b"GET /api/v4/system/ping HTTP/1.1\r\nX-Filler: ")
        while sent < 64 * LIMIT:
            connection.sendall(b"x" * 0x10000)
            sent += 0x10000
    assert sent < 64 * LIMIT


def test_it_takes_large_cookies(live: Server) -> None:
    headers = {"Cookie": "; ".join(f"other{number}={'x' * 3000}" for number in range(10))}
    assert httpx.get(f"{live.url}/api/v4/system/ping", headers=headers).status_code == 200


def test_it_does_not_wait_for_ever_for_a_body(live: Server) -> None:
    with wire(live) as connection:
        connection.sendall(head("Content-Length: 10") + b"{")
        assert answer(connection).startswith(b"HTTP/1.1 408 ")


def test_it_does_not_wait_for_ever_for_headers(live: Server) -> None:
    with wire(live) as connection:
        connection.sendall(b"GET /api/v4/system/ping HTTP/1.1\r\nHost: x\r\n")
        assert connection.recv(1000) == b""


def test_it_forgets_an_upload_whose_client_goes_away(live: Server) -> None:
    with wire(live) as connection:
        connection.sendall(head("Content-Length: 1000") + b"{")
    assert is_alive(live)
    assert "ERROR" not in live.log.read_text()


def test_it_answers_head_without_a_body(live: Server) -> None:
    with wire(live) as connection:
        connection.sendall(b"HEAD /web-static/web/base.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b""
        while chunk := connection.recv(1 << 16):
            received += chunk
    assert received.partition(b"\r\n\r\n")[2] == b""
    assert received.startswith(b"HTTP/1.1 200 ")


def test_it_answers_requests_that_come_together_in_their_order(live: Server) -> None:
    ask = b"GET /api/v4/%s HTTP/1.1\r\nHost: x\r\n%s\r\n"
    with wire(live) as connection:
        connection.sendall(ask % (b"system/ping", b"") + ask % (b"users/me", b"Connection: close\r\n"))
        received = b""
        while chunk := connection.recv(1 << 16):
            received += chunk
    assert received.count(b"HTTP/1.1 ") == 2
    assert received.index(b"HTTP/1.1 200 ") < received.index(b"HTTP/1.1 401 ")


@pytest.mark.parametrize("line", [b"GET  HTTP/1.1", b"\x16\x03\x01\x02", b"GET /api/v4/\xff\xfe HTTP/1.1"])
def test_it_survives_what_is_no_http(live: Server, line: bytes) -> None:
    with wire(live) as connection:
        connection.sendall(line + b"\r\n\r\n")
        assert answer(connection).startswith(b"HTTP/1.1 4")
    assert is_alive(live)


def test_a_slow_reader_does_not_hold_up_others(live: Server, sign_up: Callable[[str], Person]) -> None:
    """As many as there are threads ask for a large file and read nothing of it."""
    person = sign_up("anna")
    request = f"GET /web-static/web/htmx.min.js HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {person.token}\r\n\r\n"
    with wire(live) as first, wire(live) as second, wire(live) as third, wire(live) as fourth:
        for connection in (first, second, third, fourth):
            connection.sendall(request.encode() * 50)
        assert person.http.get("/users/me", timeout=PATIENCE).status_code == 200
