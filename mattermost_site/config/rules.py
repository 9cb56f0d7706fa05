"""Rules for the value of a single setting.

``error`` is the middle of the error id, ``model.config.is_valid.<error>.app_error``;
``allowed`` completes the sentence "ServiceSettings.SiteURL must be …".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PORTS = range(1, 65536)
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_CIPHER = re.compile(r"TLS_[A-Z0-9_]+")
_DOMAIN = re.compile(r"@?(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LOCALE = re.compile(r"[a-z]{2,3}([-_][A-Za-z]{2,4})?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition on one value. ``choices``, ``minimum`` and ``maximum`` are there for forms to show."""

    error: str
    allowed: str
    accepts: Callable[[Any], bool]
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


def at_least(minimum: int, error: str) -> Rule:
    """A whole number of ``minimum`` or more."""
    return Rule(error, f"a whole number of at least {minimum}", lambda value: value >= minimum, minimum=minimum)


def between(minimum: int, maximum: int, error: str) -> Rule:
    """A whole number from ``minimum`` to ``maximum``, both included."""
    return Rule(
        error,
        f"a whole number from {minimum} to {maximum}",
        lambda value: minimum <= value <= maximum,
        minimum=minimum,
        maximum=maximum,
    )


def port(error: str) -> Rule:
    """A TCP port."""
    return between(PORTS.start, PORTS.stop - 1, error)


def port_text(error: str) -> Rule:
    """A TCP port that is kept as text, or nothing."""
    return Rule(error, "a port from 1 to 65535", lambda value: not value or (value.isdecimal() and int(value) in PORTS))


def one_of(*choices: str, error: str, ignore_case: bool = False) -> Rule:
    """One of some words; the empty one is shown as ``""``."""
    words = ", ".join(choice or '""' for choice in choices)
    if ignore_case:
        lower = {choice.lower() for choice in choices}
        return Rule(error, f"one of {words}", lambda value: value.lower() in lower, choices=choices)
    return Rule(error, f"one of {words}", lambda value: value in choices, choices=choices)


def required(error: str) -> Rule:
    """A text that is not empty."""
    return Rule(error, "filled in", lambda value: bool(value))


def longest(maximum: int, error: str) -> Rule:
    """A text of at most ``maximum`` characters."""
    return Rule(error, f"at most {maximum} characters long", lambda value: len(value) <= maximum, maximum=maximum)


def shortest(minimum: int, error: str) -> Rule:
    """A text of at least ``minimum`` characters."""
    return Rule(error, f"at least {minimum} characters long", lambda value: len(value) >= minimum, minimum=minimum)


def web_address(error: str) -> Rule:
    """An address with http:// or https://, or nothing."""
    return Rule(error, "empty or an address with http:// or https://", lambda value: not value or is_web_address(value))


def socket_address(error: str) -> Rule:
    """An address with ws:// or wss://, or nothing."""
    return Rule(
        error, "empty or an address with ws:// or wss://", lambda value: not value or _has_scheme(value, "ws", "wss")
    )


def listen_address(error: str, *, optional: bool = False) -> Rule:
    """``host:port`` with an optional host: ``:8065``, ``127.0.0.1:8065``, ``[::1]:8065``."""
    prefix = "empty or " if optional else ""
    return Rule(
        error,
        f"{prefix}of the form host:port, where the host may be left out",
        lambda value: (optional and not value) or is_listen_address(value),
    )


def time_of_day(error: str) -> Rule:
    """``HH:MM``."""
    return Rule(error, "a time of day of the form HH:MM", lambda value: _TIME_OF_DAY.fullmatch(value) is not None)


def url_schemes(error: str) -> Rule:
    """A list of URL schemes without ``:``."""
    return Rule(
        error,
        "a list of URL schemes: a letter, then letters, digits, +, . and -",
        lambda value: all(_SCHEME.fullmatch(scheme) for scheme in value),
    )


def ciphers(error: str) -> Rule:
    """A list of TLS cipher suites by their standard names."""
    return Rule(
        error,
        "a list of cipher suites such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        lambda value: all(_CIPHER.fullmatch(name) for name in value),
    )


def domains(error: str) -> Rule:
    """A list of host names, each with an optional ``@`` before it."""
    return Rule(
        error, "a list of domains such as example.com", lambda value: all(_DOMAIN.fullmatch(name) for name in value)
    )


def locale(error: str) -> Rule:
    """The name of a language: ``en``, ``pt-BR``."""
    return Rule(error, "a language such as en or pt-BR", lambda value: _LOCALE.fullmatch(value) is not None)


def most_items(maximum: int, error: str) -> Rule:
    """A list of at most ``maximum`` items."""
    return Rule(error, f"a list of at most {maximum} items", lambda value: len(value) <= maximum, maximum=maximum)


def is_web_address(value: str) -> bool:
    """Whether a text is an absolute http or https address."""
    return _has_scheme(value, "http", "https")


def is_listen_address(value: str) -> bool:
    """Whether a text is ``host:port`` or ``:port``."""
    host, colon, number = value.rpartition(":")
    if not colon or not (number.isdecimal() and int(number) <= PORTS.stop - 1):
        return False
    return host.startswith("[") == host.endswith("]") and ("[" in host or ":" not in host) and " " not in host


def _has_scheme(value: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(value)
        usable = parts.port is None or parts.port in PORTS
    except ValueError:
        return False
    return usable and parts.scheme in schemes and bool(parts.hostname) and " " not in value
