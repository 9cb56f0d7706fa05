"""A site below a path: ``ServiceSettings.SiteURL`` is http://localhost/chat."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest
from websockets.sync.client import connect

from tests.services import Server, server
from tests.system.conftest import OPEN, PASSWORD, Person

PATIENCE = 10  # seconds


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """The server; who asks it is told that the site is at http://localhost/chat."""
    with server(OPEN | {"MM_SERVICESETTINGS_SITEURL": "http://localhost/chat"}) as started:
        yield started


@pytest.fixture(scope="module")
def person(running: Server) -> Iterator[Person]:
    made = Person(f"{running.url}/chat", "ann")
    yield made
    made.http.close()


@pytest.fixture
def browser(running: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, timeout=PATIENCE) as client:
        yield client


def test_it_serves_the_api_below_the_path(person: Person) -> None:
    assert person.http.get("/users/me").raise_for_status().json()["id"] == person.id


def test_its_cookies_are_for_the_path(running: Server, person: Person, browser: httpx.Client) -> None:
    """Another application on the same host must not get them."""
    body, headers = {"login_id": person.name, "password": PASSWORD}, {"X-Requested-With": "XMLHttpRequest"}
    reply = browser.post("/chat/api/v4/users/login", json=body, headers=headers)
    cookies = reply.raise_for_status().headers.get_list("Set-Cookie")
    assert len(cookies) >= 3
    assert all(re.search(r"; Path=/chat(;|$)", cookie) for cookie in cookies)


def test_it_opens_sockets_below_the_path(running: Server, person: Person) -> None:
    address = running.url.replace("http", "ws", 1) + "/chat/api/v4/websocket"
    headers = {"Authorization": f"Bearer {person.token}", "Origin": "http://localhost"}
    with connect(address, additional_headers=headers) as socket:
        assert json.loads(socket.recv(PATIENCE))["event"] == "hello"


@pytest.mark.parametrize("path", ["/chat", "/chat/"])
def test_it_sends_strangers_to_its_login_page(
    running: Server, person: Person, browser: httpx.Client, path: str
) -> None:
    reply = browser.get(path)
    assert reply.is_redirect
    assert reply.headers["Location"].startswith("/chat/login")
    assert browser.get(reply.headers["Location"]).status_code == 200


def test_its_pages_name_files_that_it_serves(running: Server, browser: httpx.Client) -> None:
    page = browser.get("/chat/login").raise_for_status().text
    files = re.findall(r'(?:src|href)="(/[^"]*web-static/[^"]+)"', page)
    assert files
    for file in files:
        assert file.startswith("/chat/web-static/")
        assert browser.get(file).status_code == 200, file


def test_its_forms_and_links_stay_below_the_path(running: Server, browser: httpx.Client) -> None:
    page = browser.get("/chat/login").raise_for_status().text
    addresses = re.findall(r'(?:href|action|hx-get|hx-post)="(/[^"]*)"', page)
    assert addresses
    assert all(address.startswith("/chat/") for address in addresses)


def test_it_serves_a_proxy_that_takes_the_path_away(running: Server, browser: httpx.Client) -> None:
    assert browser.get("/api/v4/system/ping").json()["status"] == "OK"
    page = browser.get("/login").raise_for_status().text
    assert '="/chat/web-static/' in page and '="/web-static/' not in page


def test_a_longer_name_is_not_below_the_path(running: Server, browser: httpx.Client) -> None:
    assert browser.get("/chatty/api/v4/system/ping").status_code == 404


def test_it_shows_the_console_below_the_path(running: Server, browser: httpx.Client) -> None:
    reply = browser.get("/chat/console/")
    assert reply.is_redirect
    assert reply.headers["Location"].startswith("/chat/")
