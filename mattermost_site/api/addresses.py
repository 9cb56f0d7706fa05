"""Who is at the other end: the peer, or what a trusted proxy says of it."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from mattermost_site import config


def client_address(request: HttpRequest) -> str:
    """The client's IP address.

    Headers count only when ``ServiceSettings.TrustedProxyIPHeader`` lists them;
    otherwise anybody could choose the address they are limited and logged by.
    """
    for name in config.current().service.trusted_proxy_ip_header:
        first = request.headers.get(name, "").split(",")[0].strip()
        if first and _is_address(first):
            return first
    return str(request.META.get("REMOTE_ADDR") or "")


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
