"""What the opening request of a socket says (websocket.md §1 and §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.http.cookie import parse_cookie

from accounts.authentication import COOKIE_TOKEN
from mattermost_site import config
from mattermost_site.ids import is_id

LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Handshake:
    """Headers, names in lower case, and query of the opening request."""

    headers: Mapping[str, str]
    query: Mapping[str, str]

    @property
    def token(self) -> tuple[str, bool]:
        """The token, empty without one, and whether it came in the query; the cookie wins, then the header."""
        if cookie := parse_cookie(self.headers.get("cookie", "")).get(COOKIE_TOKEN):
            return cookie, False
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() in ("bearer", "token") and token.strip():
            return token.strip(), False
        return self.query.get("access_token", ""), True

    @property
    def posted_ack(self) -> bool:
        """Whether the client wants to know which posts it should acknowledge."""
        return self.query.get("posted_ack") == "true"

    @property
    def connection_id(self) -> str:
        """The connection that the client wants to go on with, empty for a new one."""
        return self.query.get("connection_id", "")

    def resume_from(self) -> int:
        """The number of the event that the client expects next; ValueError when the request to go on makes no sense."""
        number = self.query.get("sequence_number", "")
        if not is_id(self.connection_id) or not number.isascii() or not number.isdecimal():
            raise ValueError("connection_id or sequence_number")
        if int(number) > LARGEST_NUMBER:
            raise ValueError("sequence_number")
        return int(number)

    @property
    def has_allowed_origin(self) -> bool:
        """Whether a page of this origin may open a socket; programs that are no browser send none.

        A browser sends cookies along from any page, so without this check any page could listen.
        """
        origin = self.headers.get("origin")
        if origin is None:
            return True
        service = config.current().service
        if service.allow_cors_from:
            allowed = service.allow_cors_from.split()
            return "*" in allowed or origin in [*allowed, _origin_of(service.site_url)]
        if origin == "null":
            return False
        if service.site_url:
            return origin.lower() == _origin_of(service.site_url).lower()
        return urlsplit(origin).netloc.lower() == self.headers.get("host", "").lower() != ""


def handshake_of(scope: Mapping[str, Any]) -> Handshake:
    """What an ASGI scope says."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    return Handshake(headers, query)


def _origin_of(address: str) -> str:
    """Scheme, host and port of an address, as browsers write origins."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
