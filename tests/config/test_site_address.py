"""The address of the site, and the path it is served under."""

from __future__ import annotations

import pytest

from mattermost_site import config
from mattermost_site.config.site import site_path, site_url

ADDRESSES = [
    ("", "", ""),
    ("https://example.com", "https://example.com", ""),
    ("https://example.com/", "https://example.com", ""),
    ("https://example.com:8443/chat/", "https://example.com:8443/chat", "/chat"),
    ("https://example.com/a/b", "https://example.com/a/b", "/a/b"),
]


@pytest.mark.parametrize(("setting", "address", "path"), ADDRESSES)
def test_it_has_no_slash_at_its_end(setting: str, address: str, path: str) -> None:
    with config.override(**{"ServiceSettings.SiteURL": setting}):
        assert (site_url(), site_path()) == (address, path)
