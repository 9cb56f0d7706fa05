"""What a User-Agent header says of the client, as session props tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLATFORMS = (
    ("Windows", "Windows", "Windows"),
    ("iPhone", "iPhone", "iOS"),
    ("iPad", "iPad", "iOS"),
    ("Macintosh", "Macintosh", "Mac OS"),
    ("Android", "Linux", "Android"),
    ("CrOS", "Linux", "Chrome OS"),
    ("Linux", "Linux", "Linux"),
)
_WINDOWS = {"10.0": "10", "6.3": "8.1", "6.2": "8", "6.1": "7", "6.0": "Vista", "5.2": "XP", "5.1": "XP"}
_WINDOWS_VERSION = re.compile(r"Windows NT ([\d.]+)")
_OWN_APPS = (
    ("Mobile App", re.compile(r"Mattermost Mobile/([\d.]+)")),
    ("Desktop App", re.compile(r"Mattermost/([\d.]+)")),
)
_BROWSERS = (
    ("Edge", re.compile(r"Edge?/([\d.]+)")),
    ("Opera", re.compile(r"OPR/([\d.]+)")),
    ("Firefox", re.compile(r"Firefox/([\d.]+)")),
    ("Chrome", re.compile(r"Chrome/([\d.]+)")),
    ("Safari", re.compile(r"Version/([\d.]+).* Safari/")),
    ("Internet Explorer", re.compile(r"(?:MSIE |rv:)([\d.]+)")),
)
LENGTH = 512  # code points of a header that are read


@dataclass(frozen=True, slots=True)
class Client:
    """Platform, operating system and browser with version, by the names that session lists show."""

    platform: str
    os: str
    browser: str
    is_mobile: bool = False


def client_of(user_agent: str) -> Client:
    """The client behind a User-Agent header; ``Unknown`` where it does not tell."""
    text = user_agent[:LENGTH]
    platform, system = next(((p, s) for mark, p, s in _PLATFORMS if mark in text), ("Unknown", ""))
    if found := _WINDOWS_VERSION.search(text):
        system = f"Windows {_WINDOWS.get(found[1], found[1])}"
    return Client(platform, system, _browser_of(text), is_mobile="Mattermost Mobile/" in text)


def _browser_of(text: str) -> str:
    """Own apps with their full version, browsers with the first two numbers of theirs."""
    for name, pattern in _OWN_APPS:
        if found := pattern.search(text):
            return f"{name}/{found[1]}"
    for name, pattern in _BROWSERS:
        if found := pattern.search(text):
            major, _, rest = found[1].partition(".")
            return f"{name}/{major}.{rest.partition('.')[0] or '0'}"
    return "Unknown/0.0"
