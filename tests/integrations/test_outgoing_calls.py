"""Calls to addresses that people entered: which ones are made, and what they may cost."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from integrations import outgoing
from mattermost_site import config
from tests.integrations.hooks import Receiver, receiver

ALLOWED = "ServiceSettings.AllowedUntrustedInternalConnections"
TIMEOUT = "ServiceSettings.OutgoingIntegrationRequestsTimeout"


@pytest.fixture
def outside() -> Iterator[Receiver]:
    """A receiver that the server may call."""
    with receiver() as made, config.override(**{ALLOWED: "127.0.0.1"}):
        yield made


@pytest.fixture
def resolving(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, list[str]]], None]:
    """Has names resolve to given addresses, one after the other with each lookup."""

    def resolve(names: dict[str, list[str]]) -> None:
        def lookup(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
            known = names.get(host, [host])  # a number is its own address
            address = known.pop(0) if len(known) > 1 else known[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        monkeypatch.setattr(socket, "getaddrinfo", lookup)

    return resolve


def post(url: str) -> outgoing.Answer:
    return outgoing.call("POST", url, headers={"Accept": "application/json"}, content=b"x=1")


def test_it_brings_the_answer(outside: Receiver) -> None:
    outside.answer = (201, "text/plain", b"thanks")
    assert post(f"{outside.url}/hook") == outgoing.Answer(201, "text/plain", b"thanks")


def test_it_sends_what_it_is_given(outside: Receiver) -> None:
    post(f"{outside.url}/hook?key=a%20b")
    (call,) = outside.calls
    assert (call.path, call.content, call.headers["Accept"]) == ("/hook?key=a%20b", b"x=1", "application/json")


def test_it_signs_in_with_what_the_address_holds(outside: Receiver) -> None:
    post(outside.url.replace("://", "://ann:secret@"))
    assert outside.calls[0].headers["Authorization"] == "Basic YW5uOnNlY3JldA=="


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
        "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_it_refuses_addresses_inside(resolving: Callable[[dict[str, list[str]]], None], address: str) -> None:
    resolving({"inside.example": [address]})
    with pytest.raises(outgoing.AddressRefused):
        post("http://inside.example/")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_it_knows_addresses_outside(address: str) -> None:
    assert outgoing.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("listed", ["127.0.0.1", "10.0.0.1,127.0.0.0/8", "hook.example", "HOOK.example localhost"])
def test_it_calls_what_is_allowed(
    outside: Receiver, resolving: Callable[[dict[str, list[str]]], None], listed: str
) -> None:
    resolving({"hook.example": ["127.0.0.1"]})
    with config.override(**{ALLOWED: listed}):
        assert post(outside.url.replace("127.0.0.1", "hook.example")).status == 200


def test_it_connects_to_the_address_that_it_checked(
    outside: Receiver, resolving: Callable[[dict[str, list[str]]], None]
) -> None:
    resolving({"rebinding.example": ["127.0.0.1", "127.0.0.2"]})
    post(outside.url.replace("127.0.0.1", "rebinding.example"))
    assert outside.calls[0].headers["Host"].startswith("rebinding.example:")


def test_it_follows_no_redirects(outside: Receiver) -> None:
    outside.answer = (307, "text/plain", b"")
    assert (post(outside.url).status, len(outside.calls)) == (307, 1)


def test_it_reads_no_endless_answer(outside: Receiver) -> None:
    outside.answer = (200, "text/plain", b"x" * (outgoing.RESPONSE_LIMIT + 1))
    with pytest.raises(outgoing.CallFailed):
        post(outside.url)


def test_it_says_that_nothing_was_sent_when_nobody_is_there() -> None:
    with config.override(**{ALLOWED: "127.0.0.1"}), pytest.raises(outgoing.CallFailed) as failure:
        post("http://127.0.0.1:1/")
    assert not failure.value.was_sent


@pytest.mark.parametrize("url", ["ftp://example.com/", "http://", "http://[::1", "file:///etc/passwd", "//example.com"])
def test_it_refuses_what_is_no_address(url: str) -> None:
    with pytest.raises(outgoing.CallFailed):
        post(url)


def test_it_waits_for_a_limited_time_however_slowly_bytes_arrive() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not stop.wait(0.1):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    begin = time.monotonic()
    with config.override(**{ALLOWED: "127.0.0.1", TIMEOUT: 1}), pytest.raises(outgoing.CallFailed) as failure:
        post(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    stop.set()
    thread.join()
    listener.close()
    assert (time.monotonic() - begin < 5, failure.value.was_sent) == (True, True)
