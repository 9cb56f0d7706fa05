"""Two people chat in real browsers, with a real server."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.cast import PASSWORD
from tests.web.browsing import PHONE, TOWN_SQUARE, Person

Window = Callable[..., Page]


def visit(page: Page, path: str = TOWN_SQUARE) -> Page:
    """The page of a channel, loaded, with its socket open."""
    page.goto(path)
    expect(page.locator("#app")).to_be_visible()
    return page


def write(page: Page, text: str, place: str = "Town Square") -> None:
    """Post a message with the Enter key."""
    box = page.get_by_label(f"Write to {place}")
    box.fill(text)
    box.press("Enter")


def post(page: Page, text: str) -> Locator:
    """The posts of the open channel that contain a text."""
    return page.locator("#posts li.post", has_text=text)


def test_it_tells_the_first_person_of_their_office(anna: Person) -> None:
    assert "system admin" in anna.greeting
    anna.page.locator(".side-head summary").click()
    expect(anna.page.get_by_role("link", name="System Console")).to_be_visible()
    anna.page.keyboard.press("Escape")


def test_it_makes_nobody_else_admin(ben: Person) -> None:
    assert "system admin" not in ben.greeting
    assert ben.page.get_by_role("link", name="System Console").count() == 0


def test_it_shows_posts_to_others_at_once(anna: Person, ben: Person) -> None:
    visit(anna.page), visit(ben.page)
    write(anna.page, "Good **morning**")
    expect(post(ben.page, "Good morning")).to_be_visible()
    write(ben.page, "and to you")
    expect(post(anna.page, "and to you")).to_be_visible()
    assert ben.page.locator("li.post strong", has_text="morning").count() == 1


def test_it_shows_edits_and_deletions_at_once(anna: Person, ben: Person) -> None:
    visit(anna.page), visit(ben.page)
    write(anna.page, "a mistaek")
    expect(post(ben.page, "a mistaek")).to_be_visible()
    _tools(anna.page, "a mistaek").get_by_role("link", name="Edit").click()
    anna.page.get_by_role("textbox", name="Edit message").fill("a mistake")
    anna.page.keyboard.press("Enter")
    expect(post(ben.page, "a mistake")).to_contain_text("(edited)")
    anna.page.once("dialog", lambda dialog: dialog.accept())
    _tools(anna.page, "a mistake").get_by_role("button", name="Delete").click()
    expect(post(ben.page, "a mistake")).to_have_count(0)


def _tools(page: Page, text: str) -> Locator:
    found = page.locator("#posts li.post", has_text=text)
    found.hover()
    found.get_by_label("React, edit and more").click()
    return page.locator("#tools")


def test_it_shows_reactions_at_once(anna: Person, ben: Person) -> None:
    visit(anna.page), visit(ben.page)
    write(ben.page, "party?")
    expect(post(anna.page, "party?")).to_be_visible()
    _tools(anna.page, "party?").get_by_label("React with tada").click()
    expect(post(ben.page, "party?").get_by_label("1 reacted with tada")).to_be_visible()


def test_it_opens_threads_beside_the_channel(anna: Person, ben: Person) -> None:
    visit(anna.page), visit(ben.page)
    write(anna.page, "who has the key?")
    found = post(ben.page, "who has the key?")
    found.hover()
    found.get_by_label("Reply in a thread").click()
    reply = ben.page.get_by_label("Reply to the thread")
    reply.fill("it is under the mat")
    reply.press("Enter")
    expect(ben.page.locator("#thread li.post")).to_have_count(2)
    expect(post(anna.page, "who has the key?").first.get_by_role("link", name="1 reply")).to_be_visible()
    ben.page.keyboard.press("Escape")
    expect(ben.page.locator("#pane")).to_be_hidden()


def test_it_marks_what_is_unread(anna: Person, ben: Person) -> None:
    visit(anna.page, "/crew/channels/off-topic"), visit(ben.page)
    write(ben.page, "just so")
    entry = anna.page.locator("#channels .entry", has_text="Town Square")
    expect(entry).to_have_class("entry unread")
    write(ben.page, "@anna look")
    expect(entry.locator(".badge")).to_contain_text("1")
    entry.click()
    expect(anna.page.locator("#posts li.new")).to_be_visible()
    expect(entry.locator(".badge")).to_have_count(0)


def test_it_says_who_is_writing(anna: Person, ben: Person) -> None:
    visit(anna.page), visit(ben.page)
    ben.page.get_by_label("Write to Town Square").press_sequentially("hm")
    expect(anna.page.locator("#typing")).to_have_text("ben is writing…")
    ben.page.get_by_label("Write to Town Square").fill("")


def test_it_carries_messages_between_two(anna: Person, ben: Person) -> None:
    visit(anna.page, "/crew/messages/@ben"), visit(ben.page)
    write(anna.page, "between us", "ben")
    entry = ben.page.locator("#channels .entry", has_text="anna")
    expect(entry.locator(".badge")).to_contain_text("1")
    entry.click()
    expect(post(ben.page, "between us")).to_be_visible()


def test_it_switches_channels_by_keys(anna: Person) -> None:
    visit(anna.page)
    anna.page.keyboard.press("Control+k")
    anna.page.keyboard.type("off")
    anna.page.keyboard.press("Enter")
    anna.page.wait_for_url("**/crew/channels/off-topic")
    expect(anna.page.locator("h1")).to_contain_text("Off-Topic")


def test_it_works_by_reload_without_the_socket(anna: Person, ben: Person, window: Window) -> None:
    page = window(anna)
    page.route_web_socket("**/api/v4/websocket*", lambda socket: socket.close())
    visit(page), visit(ben.page)
    expect(page.locator("#banner")).to_be_visible()
    write(ben.page, "heard without a socket")
    expect(post(ben.page, "heard without a socket")).to_be_visible()
    page.reload()
    expect(post(page, "heard without a socket")).to_be_visible()
    write(page, "answered without a socket")
    expect(post(ben.page, "answered without a socket")).to_be_visible()


def test_it_catches_up_when_the_server_is_back(anna: Person, ben: Person, window: Window) -> None:
    page = window(anna)
    sockets: list[WebSocketRoute] = []
    is_cut: list[bool] = []

    def relay(socket: WebSocketRoute) -> None:
        if is_cut:
            socket.close()
            return
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket("**/api/v4/websocket*", relay)
    visit(page), visit(ben.page)
    write(ben.page, "before the cut")
    expect(post(page, "before the cut")).to_be_visible()
    is_cut.append(True)
    sockets[-1].close()
    expect(page.locator("#banner")).to_be_visible()
    write(ben.page, "during the cut")
    is_cut.clear()
    expect(page.locator("#banner")).to_be_hidden(timeout=20_000)
    expect(post(page, "during the cut")).to_be_visible()


def test_it_works_without_scripts(anna: Person, window: Window) -> None:
    page = window(anna, java_script_enabled=False)
    page.goto(TOWN_SQUARE)
    page.get_by_label("Write to Town Square").fill("by hand")
    page.get_by_label("Send").click()
    expect(post(page, "by hand")).to_be_visible()


def test_it_fits_a_phone(anna: Person, window: Window) -> None:
    page = visit(window(anna, viewport=PHONE, is_mobile=True, has_touch=True))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.get_by_label("Write to Town Square")).to_be_in_viewport()
    expect(page.locator("#sidebar")).to_be_hidden()
    page.get_by_label("Open the list of channels").click()
    page.locator("#channels .entry", has_text="Off-Topic").click()
    expect(page.locator("h1")).to_contain_text("Off-Topic")
    expect(page.locator("#sidebar")).to_be_hidden()


def test_it_breaks_no_rule_of_its_own(anna: Person, window: Window) -> None:
    page, complaints = window(anna), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in (TOWN_SQUARE, "/crew/channels", "/crew/messages", "/crew/create_channel", "/crew/invite_people"):
        page.goto(path)
        page.wait_for_timeout(300)  # for what goes wrong after loading
    assert complaints == []


def test_it_leads_back_to_where_a_sign_in_was_asked_for(ben: Person, window: Window) -> None:
    page = window(ben, storage_state=None)
    page.goto(TOWN_SQUARE)
    page.get_by_label("E-mail or user name").fill("ben")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"**{TOWN_SQUARE}")
    page.locator(".side-head summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
