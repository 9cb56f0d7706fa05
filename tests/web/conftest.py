"""A server, a browser, and two people who chat: anna, the first one and so the admin, and ben."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.actions.login import start_session
from accounts.authentication import COOKIE_TOKEN
from accounts.models import User
from accounts.user_agents import client_of
from tests.processes import program
from tests.services import Server, server
from tests.web.browsing import DESKTOP, TOWN_SQUARE, Person, sign_up


@pytest.fixture
def pages_for(db: None) -> Callable[[User | None], Client]:
    """A browser without scripts, signed in as a person, or as nobody with None."""

    def make(user: User | None) -> Client:
        client = Client()
        if user:
            client.cookies[COOKIE_TOKEN] = start_session(user=user, client=client_of("")).token
        return client

    return make


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    """A server of its own for a module, open for everybody."""
    with server({"MM_TEAMSETTINGS_ENABLEOPENSERVER": "true"}) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def anna(browser: Browser, site: Server) -> Person:
    """The first person, who makes the team."""
    person = sign_up(browser, site, "anna")
    page = person.page
    page.get_by_role("link", name="Create a team").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Crew")
    page.get_by_label("Everybody on this server may join").check()
    page.get_by_role("button", name="Create team").click()
    page.wait_for_url(f"**{TOWN_SQUARE}")
    return person


@pytest.fixture(scope="module")
def ben(browser: Browser, site: Server, anna: Person) -> Person:
    """The second person, who joins the team."""
    person = sign_up(browser, site, "ben")
    person.page.get_by_role("button", name="Join Crew").click()
    person.page.wait_for_url(f"**{TOWN_SQUARE}")
    return person


@pytest.fixture
def window(browser: Browser, site: Server) -> Iterator[Callable[..., Page]]:
    """Opens further windows of a person: ``window(anna, **options of the context)``. Gone after the test."""
    opened: list[BrowserContext] = []

    def open_window(person: Person, **options: object) -> Page:
        settings = {
            "viewport": DESKTOP,
            "base_url": site.url,
            "storage_state": person.context.storage_state(),
        } | options
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        opened.append(context)
        return context.new_page()

    yield open_window
    for context in opened:
        context.close()
