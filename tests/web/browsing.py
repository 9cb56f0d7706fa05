"""People in browsers."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast import PASSWORD
from tests.services import Server

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
TOWN_SQUARE = "/crew/channels/town-square"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, and the browser that is signed in as them."""

    name: str
    context: BrowserContext
    page: Page
    greeting: str
    """What the sign-up page said."""


def sign_up(browser: Browser, site: Server, name: str) -> Person:
    """Make an account in a browser of its own."""
    context = browser.new_context(viewport=DESKTOP, base_url=site.url)  # type: ignore[arg-type] # a typed dict
    page = context.new_page()
    page.goto("/signup_user_complete/")
    greeting = page.locator("main").inner_text()
    page.get_by_label("E-mail").fill(f"{name}@example.com")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make account").click()
    page.wait_for_url("**/select_team")
    return Person(name, context, page, greeting)
