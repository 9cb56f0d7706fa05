"""Serving a build of the official web client."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import set_script_prefix

from mattermost_site import config, urls

ROOT = b"""<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'wasm-unsafe-eval'">
<script defer src="/static/main.0123456789abcdef.js"></script></head><body></body></html>"""
SCRIPT = b"console.log(1);" * 200


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A folder as the official client's build makes it."""
    (tmp_path / "files").mkdir()
    (tmp_path / "root.html").write_bytes(ROOT)
    (tmp_path / "main.0123456789abcdef.js").write_bytes(SCRIPT)
    (tmp_path / "remote_entry.js").write_bytes(SCRIPT)
    (tmp_path / "main.0123456789abcdef.css").write_bytes(b"a{background:url(/static/files/a.png)}" + b" " * 2000)
    (tmp_path / "files" / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "big.0123456789abcdef.js").write_bytes(SCRIPT)
    (tmp_path / "big.0123456789abcdef.js.br").write_bytes(b"brotli")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return tmp_path


@pytest.fixture
def served(build: Path, db: None) -> Iterator[Client]:
    """The site with the build served at its root."""
    with config.override(**{"WebClientSettings.Directory": str(build)}):
        site_map = ModuleType("site_map")
        patterns = [*urls.urlpatterns[:-1], *urls.page_patterns()]  # without a build, all pages are one pattern
        site_map.__dict__.update({**vars(urls), "urlpatterns": patterns})
        with override_settings(ROOT_URLCONF=site_map):
            yield Client()


def content_of(response: Any) -> bytes:
    """What a file's response holds."""
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("path", ["/", "/login", "/crew/channels/town-square", "/crew/pl/x", "/webb"])
def test_it_starts_the_client_on_every_path(served: Client, path: str) -> None:
    response = served.get(path)
    assert (response.status_code, content_of(response)) == (200, ROOT)
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"


def test_it_asks_browsers_to_keep_hashed_files_for_good(served: Client) -> None:
    assert "immutable" in served.get("/static/main.0123456789abcdef.js")["Cache-Control"]


def test_it_has_other_files_asked_for_again(served: Client) -> None:
    response = served.get("/static/remote_entry.js?bt=1")
    assert response["Cache-Control"] == "public, no-cache"
    again = served.get("/static/remote_entry.js?bt=1", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_compresses_what_is_not(served: Client) -> None:
    response = served.get("/static/remote_entry.js", headers={"Accept-Encoding": "gzip, br"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == SCRIPT


def test_it_sends_what_is_compressed_already(served: Client) -> None:
    response = served.get("/static/big.0123456789abcdef.js", headers={"Accept-Encoding": "gzip, br"})
    assert response["Content-Encoding"] == "br"
    assert content_of(response) == b"brotli"
    assert response["Content-Type"].startswith("text/javascript")


def test_it_sends_files_as_they_are_to_those_who_accept_nothing_else(served: Client) -> None:
    response = served.get("/static/big.0123456789abcdef.js")
    assert not response.has_header("Content-Encoding")
    assert content_of(response) == SCRIPT


@pytest.mark.parametrize(
    "path", ["nothing.js", "../secret.txt", "..%2fsecret.txt", "files/../../secret.txt", "files", "%00", "a" * 300]
)
def test_it_serves_nothing_else(served: Client, path: str) -> None:
    assert served.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/api/v4/nothing", "/api/v3/users", "/hooks/nothing", "/plugins/x", "/web-static/x"])
def test_it_leaves_paths_of_others_alone(served: Client, path: str) -> None:
    assert served.get(path).status_code == 404


def test_it_moves_our_own_client(served: Client) -> None:
    assert served.get("/web/")["Location"] == "/web/login"
    assert "/web/signup_user_complete/" in served.get("/web/signup_user_complete/").content.decode()


def test_it_has_a_policy_for_scripts_and_frames(served: Client) -> None:
    with config.override(**{"ServiceSettings.FrameAncestors": "https://portal.example"}):
        response = served.get("/")
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "frame-ancestors 'self' https://portal.example" in policy
    assert not response.has_header("X-Frame-Options")


def test_it_serves_a_site_below_a_path(served: Client) -> None:
    set_script_prefix("/chat/")
    try:
        with override_settings(FORCE_SCRIPT_NAME="/chat"):
            page = served.get("/").content.decode()
            style = served.get("/static/main.0123456789abcdef.css", headers={"Accept-Encoding": "gzip"})
    finally:
        set_script_prefix("/")
    assert 'src="/chat/static/main.' in page and "window.publicPath='/chat/static/'" in page
    assert re.search(r"script-src 'self' 'sha256-[\w+/=]+'", page)
    assert b"url(/chat/static/files/a.png)" in gzip.decompress(style.content)


def test_it_serves_our_own_client_when_there_is_no_build(tmp_path: Path, db: None) -> None:
    with config.override(**{"WebClientSettings.Directory": str(tmp_path / "nowhere")}):
        assert Client().get("/")["Location"] == "/login"
