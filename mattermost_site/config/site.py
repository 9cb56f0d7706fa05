"""What follows from the address of the site."""

from __future__ import annotations

from urllib.parse import urlsplit

from mattermost_site import config


def site_url() -> str:
    """``ServiceSettings.SiteURL`` without a slash at its end, ``""`` when it is not set."""
    return config.current().service.site_url.rstrip("/")


def site_origin() -> str:
    """Scheme, host and port of the site, ``https://example.com`` for https://example.com/chat, "" when not set."""
    parts = urlsplit(config.current().service.site_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def site_path() -> str:
    """The path that the site is served under, ``/chat`` for https://example.com/chat, else ``""``."""
    return urlsplit(config.current().service.site_url).path.rstrip("/")


def cookie_path() -> str:
    """The path that cookies are for: the site's, or ``/``."""
    return site_path() or "/"


def cookie_domain() -> str | None:
    """The domain that cookies are for: the site's host when subdomains share them, else None."""
    if not config.current().service.allow_cookies_for_subdomains:
        return None
    return urlsplit(config.current().service.site_url).hostname
