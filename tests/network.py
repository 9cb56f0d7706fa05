"""A guard around Python's sockets: tests reach this machine and nothing else."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost", socket.gethostname()}


class OutsideError(RuntimeError):
    """Somebody tried to leave this machine. Not an OSError: code that shrugs off a broken network must not hide it."""


def is_local(host: object) -> bool:
    """Whether a host (name, address, or None for any) means this machine."""
    text = host.decode() if isinstance(host, bytes) else str(host or "")
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text in LOCAL_NAMES
    return address.is_loopback or address.is_unspecified


def _require_local(host: object) -> None:
    if not is_local(host):
        raise OutsideError(f"a test tried to reach {host}")


def _guarded_connect(original: Callable[..., Any]) -> Callable[..., Any]:
    def connect(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple):  # anything else is a path on this machine
            _require_local(address[0])
        return original(self, address)

    return connect


def _guarded_lookup(original: Callable[..., Any]) -> Callable[..., Any]:
    def lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        _require_local(host)
        return original(host, *args, **kwargs)

    return lookup


@contextmanager
def only_this_machine() -> Iterator[None]:
    """Within it, connecting to or resolving another machine raises OutsideError."""
    with (
        mock.patch.object(socket.socket, "connect", _guarded_connect(socket.socket.connect)),
        mock.patch.object(socket.socket, "connect_ex", _guarded_connect(socket.socket.connect_ex)),
        mock.patch.object(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo)),
        mock.patch.object(socket, "gethostbyname", _guarded_lookup(socket.gethostbyname)),
    ):
        yield
