"""Unmodified API drivers from the package index work against this server."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import mattermostautodriver
import mattermostdriver
import orjson
import pytest

from tests.services import Server
from tests.system.conftest import PASSWORD, Person

PATIENCE = 10  # seconds


def options(live: Server, name: str) -> dict[str, Any]:
    place = urlsplit(live.url)
    return {
        "scheme": place.scheme,
        "url": place.hostname,
        "port": place.port,
        "login_id": name,
        "password": PASSWORD,
        "verify": False,
    }


@pytest.fixture(scope="module")
def people(sign_up: Callable[[str], Person]) -> dict[str, Person]:
    return {name: sign_up(name) for name in ("admin", "anna", "bert")}


def hears(driver: Any, wanted: str) -> Callable[[], list[dict[str, Any]]]:
    """Listen on the driver's own socket; the result waits for events of that name."""
    events: list[dict[str, Any]] = []
    is_there, is_ready = threading.Event(), threading.Event()

    async def note(message: Any) -> None:
        event = message if isinstance(message, dict) else orjson.loads(message)
        if event.get("event") == "hello":
            is_ready.set()
        if event.get("event") == wanted:
            events.append(event)
            is_there.set()

    def listen() -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        driver.init_websocket(note)

    threading.Thread(target=listen, daemon=True).start()

    def found() -> list[dict[str, Any]]:
        assert is_there.wait(PATIENCE), f"no {wanted} arrived"
        return events

    assert is_ready.wait(PATIENCE), "the socket was never greeted"
    return found


def test_it_serves_mattermostautodriver(live: Server, people: dict[str, Person]) -> None:
    anna = mattermostautodriver.TypedDriver(options(live, "anna"))
    bert = mattermostautodriver.TypedDriver(options(live, "bert"))
    anna.login()
    bert.login()
    team = anna.teams.create_team(name="autodriver", display_name="Auto", type="O")
    anna.teams.add_team_member(team["id"], user_id=people["bert"].id)
    channel = anna.channels.create_channel(team_id=team["id"], name="talk", display_name="Talk", type="O")
    anna.channels.add_channel_member(channel["id"], user_id=people["bert"].id)
    arrived = hears(bert, "posted")
    post = anna.posts.create_post(channel_id=channel["id"], message="hello from a driver")
    read = bert.posts.get_posts_for_channel(channel["id"])
    assert read["posts"][post["id"]]["message"] == "hello from a driver"
    told = [orjson.loads(event["data"]["post"])["id"] for event in arrived()]
    assert post["id"] in told


def test_it_serves_mattermostdriver(live: Server, people: dict[str, Person]) -> None:
    anna = mattermostdriver.Driver(options(live, "anna"))
    anna.login()
    team = anna.teams.create_team({"name": "olddriver", "display_name": "Old", "type": "O"})
    anna.teams.add_user_to_team(team["id"], {"team_id": team["id"], "user_id": people["bert"].id})
    wanted = {"team_id": team["id"], "name": "talk", "display_name": "Talk", "type": "O"}
    channel = anna.channels.create_channel(wanted)
    anna.channels.add_user(channel["id"], {"user_id": people["bert"].id})
    post = anna.posts.create_post({"channel_id": channel["id"], "message": "hello *again*"})
    bert = mattermostdriver.Driver(options(live, "bert"))
    bert.login()
    assert bert.posts.get_posts_for_channel(channel["id"])["posts"][post["id"]]["message"] == "hello *again*"
    assert bert.users.get_user("me")["username"] == "bert"


def test_it_refuses_drivers_in_their_own_terms(live: Server, people: dict[str, Person]) -> None:
    stranger = mattermostautodriver.TypedDriver(options(live, "anna") | {"password": "wrong-password"})
    with pytest.raises(mattermostautodriver.exceptions.NoAccessTokenProvided):
        stranger.login()


def test_it_answers_quickly_after_an_idle_socket(live: Server, people: dict[str, Person]) -> None:
    """A driver that only listens must still be served when it speaks."""
    bert = mattermostautodriver.TypedDriver(options(live, "bert"))
    bert.login()
    hears(bert, "never")
    time.sleep(0.5)
    assert bert.users.get_user("me")["id"] == people["bert"].id
