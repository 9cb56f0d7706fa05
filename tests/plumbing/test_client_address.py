"""Only headers of trusted proxies tell the client's address."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from mattermost_site import config
from mattermost_site.api.addresses import client_address


def seen(**headers: str) -> str:
    return client_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers=headers))


def test_it_believes_no_header_by_default() -> None:
    assert seen(**{"X-Forwarded-For": "203.0.113.9"}) == "192.0.2.1"


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8::1, 10.0.0.1", "2001:db8::1"),
        ("nonsense", "192.0.2.1"),
        ("", "192.0.2.1"),
    ],
)
def test_it_believes_the_header_of_a_trusted_proxy(sent: str, address: str) -> None:
    with config.override(**{"ServiceSettings.TrustedProxyIPHeader": ["X-Forwarded-For"]}):
        assert seen(**{"X-Forwarded-For": sent}) == address
