"""No test reaches another machine; 192.0.2.0/24 is reserved for examples, so nobody would answer anyway."""

from __future__ import annotations

import socket

import pytest

from tests.network import OutsideError, is_local


def test_it_refuses_to_connect_to_another_machine() -> None:
    with socket.socket() as client, pytest.raises(OutsideError):
        client.connect(("192.0.2.1", 80))


def test_it_refuses_to_look_up_another_machine() -> None:
    with pytest.raises(OutsideError):
        socket.getaddrinfo("example.com", 80)


def test_it_lets_tests_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket() as client:
        client.connect(listening.getsockname())
        assert client.getpeername() == listening.getsockname()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "localhost", None, b"localhost", ""])  # noqa: S104 - compared, not bound
def test_it_knows_this_machine(host: object) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "169.254.169.254", "example.com", "::ffff:8.8.8.8", "localhost.example.com"]
)
def test_it_knows_other_machines(host: object) -> None:
    assert not is_local(host)
