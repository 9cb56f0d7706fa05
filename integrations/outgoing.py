"""Calls to addresses that people entered: webhooks and commands.

Whoever may make a webhook could otherwise have the server ask services that only it can
reach: the database's neighbour, a router, the cloud's metadata. So a call goes to public
addresses only, unless ``ServiceSettings.AllowedUntrustedInternalConnections`` names them.
What is checked is the address that is then connected to, so a name that resolves to
something else a moment later gains nothing; redirects are not followed, proxies of the
environment not used. A call takes a limited time altogether, however slowly bytes arrive.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from mattermost_site import config
from mattermost_site.version import VERSION

RESPONSE_LIMIT = 1024 * 1024  # bytes
CONNECT_TIMEOUT = 5.0  # seconds, for each of a name's addresses
CHUNK = 64 * 1024
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class CallFailed(Exception):
    """Nobody answered, or not in a way that can be used; ``was_sent`` says whether the request may have arrived."""

    def __init__(self, reason: str, *, was_sent: bool = True) -> None:
        self.was_sent = was_sent
        super().__init__(reason)


class AddressRefused(CallFailed):
    """The address is none that the server may call."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is no public address, nor one that is allowed", was_sent=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``content`` is at most ``RESPONSE_LIMIT`` bytes."""

    status: int
    content_type: str
    content: bytes


def call(method: str, url: str, *, headers: Mapping[str, str], content: bytes = b"") -> Answer:
    """Send one request and wait for the answer, ``OutgoingIntegrationRequestsTimeout`` seconds at most.

    Raises CallFailed. Call it outside of transactions.
    """
    target = _parsed(url)
    allowed = config.current().service.outgoing_integration_requests_timeout
    backend = PinningBackend(deadline=time.monotonic() + allowed)
    sent = {"Host": target.netloc.decode("ascii"), "User-Agent": f"mattermost-site/{VERSION}"}
    sent |= {"Accept-Encoding": "identity", "Content-Length": str(len(content)), **headers, **_credentials(target)}
    with httpcore.ConnectionPool(ssl_context=_trust(), network_backend=backend, max_connections=1) as pool:
        try:
            return _exchange(pool, method, target, sent, content, allowed)
        except httpcore.ConnectError as error:
            raise CallFailed(str(error), was_sent=False) from error
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise CallFailed(f"{type(error).__name__}: {error}", was_sent=backend.is_connected) from error


def _parsed(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise CallFailed(str(error), was_sent=False) from error
    if target.scheme not in ("http", "https") or not target.host:
        raise CallFailed("no address that can be called", was_sent=False)
    return target


def _exchange(
    pool: httpcore.ConnectionPool, method: str, target: httpx.URL, headers: dict[str, str], content: bytes, allowed: int
) -> Answer:
    timeouts = {"connect": CONNECT_TIMEOUT, "read": allowed, "write": allowed, "pool": allowed}
    core = httpcore.URL(
        scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path or b"/"
    )
    sent = [(name.encode("ascii"), value.encode("utf-8")) for name, value in headers.items()]
    with pool.stream(method, core, headers=sent, content=content, extensions={"timeout": timeouts}) as response:
        found = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if found.get(b"content-encoding", "identity") != "identity":
            raise CallFailed("the answer is compressed although that was not asked for")
        body = b""
        for chunk in response.iter_stream():
            body += chunk
            if len(body) > RESPONSE_LIMIT:
                raise CallFailed("the answer is too long")
        return Answer(response.status, found.get(b"content-type", ""), body)


def _credentials(target: httpx.URL) -> dict[str, str]:
    """The header for a user name and a password that the address itself holds."""
    if not target.userinfo:
        return {}
    token = b64encode(f"{target.username}:{target.password}".encode()).decode()
    return {"Authorization": f"Basic {token}"}


def _trust() -> ssl.SSLContext:
    """The certificates that the machine trusts; all, where the settings say so."""
    context = ssl.create_default_context()
    if config.current().service.enable_insecure_outgoing_connections:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


class PinningBackend(httpcore.NetworkBackend):
    """Connects to checked addresses only, and to exactly those; all waiting ends at ``deadline`` (monotonic)."""

    def __init__(self, *, deadline: float) -> None:
        self.deadline = deadline
        self.is_connected = False
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's allowed addresses; AddressRefused when it has none."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in allowed_addresses(host, port):
            left = remaining(self.deadline, timeout)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                self.is_connected = True
                return _Limited(stream, self.deadline)
        raise failure


class _Limited(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, remaining(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, remaining(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._inner.start_tls(ssl_context, server_hostname, remaining(self._deadline, timeout))
        return _Limited(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def remaining(deadline: float, timeout: float | None) -> float:
    """Seconds to wait at most; httpcore.ReadTimeout when the deadline is over."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for the whole call is over")
    return left if timeout is None else min(left, timeout)


def allowed_addresses(host: str, port: int) -> list[str]:
    """The addresses of a host that the server may call; AddressRefused when it has none of these.

    ``AllowedUntrustedInternalConnections`` lists host names, addresses and networks, with
    blanks or commas between. Raises httpcore.ConnectError for a name that is not known.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host}: {error}") from error
    listed = config.current().service.allowed_untrusted_internal_connections.replace(",", " ").lower().split()
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if host.lower().rstrip(".") not in listed:
        networks = _networks(listed)
        addresses = [address for address in addresses if _is_allowed(address, networks)]
    if not addresses:
        raise AddressRefused(host)
    return addresses


def _is_allowed(text: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    address = _unwrapped(ipaddress.ip_address(text.partition("%")[0]))
    return is_public(address) or any(address in network for network in networks)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the Internet: not to this machine, its network, or some special use."""
    if isinstance(address, ipaddress.IPv6Address) and (address.sixtofour or address.teredo or address in NAT64):
        return False  # it hides an address that may be anything
    return address.is_global and not address.is_multicast and not address.is_unspecified


def _unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, else the address itself."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _networks(listed: Iterable[str]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    found = []
    for entry in listed:
        try:
            found.append(ipaddress.ip_network(entry, strict=False))
        except ValueError:
            continue  # the name of a host
    return found
