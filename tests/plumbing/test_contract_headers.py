"""What every reply carries (semantics §3)."""

from __future__ import annotations

import gzip

import orjson
import pytest
from django.test import Client

from mattermost_site import config

pytestmark = pytest.mark.django_db
PING = "/api/v4/system/ping"


def test_it_sends_json_without_a_charset() -> None:
    assert Client().get(PING)["Content-Type"] == "application/json"


def test_it_names_request_and_version() -> None:
    reply = Client().get(PING)
    assert len(reply["X-Request-Id"]) == 26
    version, licensed = reply["X-Version-Id"].rsplit(".", 1)
    assert version.startswith("11.2.0.11.2.0.") and licensed == "true"


def test_it_lets_no_browser_guess_or_tell() -> None:
    headers = Client().get(PING).headers
    names = ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Expires")
    assert [headers[name] for name in names] == ["nosniff", "no-referrer", "", "0"]


def test_it_puts_the_request_id_into_errors() -> None:
    reply = Client().get("/api/v4/users/me")
    assert reply.status_code == 401
    assert orjson.loads(reply.content)["request_id"] == reply["X-Request-Id"]


def test_it_refuses_long_addresses() -> None:
    reply = Client().get(f"{PING}?x={'x' * 2100}")
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (414, "basic_security_check.url.too_long_error")


@pytest.mark.parametrize("path", ["/api/v4/nothing", "/api/v4/users/me/nothing", "/api/v4"])
def test_it_answers_unknown_paths_with_the_error_object(path: str) -> None:
    reply = Client().get(path)
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (404, "api.context.404.app_error")


def test_it_compresses_long_replies_for_those_who_accept_it() -> None:
    plain = Client().get("/api/v4/config/client?format=old")
    packed = Client().get("/api/v4/config/client?format=old", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


def test_it_tells_no_other_origin_unless_allowed() -> None:
    origin = {"Origin": "https://elsewhere.example"}
    assert "Access-Control-Allow-Origin" not in Client().get(PING, headers=origin).headers
    with config.override(**{"ServiceSettings.AllowCorsFrom": "https://elsewhere.example"}):
        reply = Client().get(PING, headers=origin)
    assert reply["Access-Control-Allow-Origin"] == "https://elsewhere.example"


def test_it_answers_preflight_requests_of_allowed_origins_only() -> None:
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "PUT"}
    assert Client().options(PING, headers=headers).status_code == 404
    with config.override(**{"ServiceSettings.AllowCorsFrom": "*"}):
        reply = Client().options(PING, headers=headers)
    assert (reply.status_code, "PUT" in reply["Access-Control-Allow-Methods"]) == (204, True)
