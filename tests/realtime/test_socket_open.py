"""Opening a socket: who may, as whom, and for how long without a token (websocket.md §1 and §2)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest
from channels.testing import WebsocketCommunicator

from mattermost_site import config, realtime
from messaging.consumers import SocketConsumer, socket
from tests.realtime.hubs import People, play

CHALLENGE = "authentication_challenge"


class Caller:
    """A client's end of a socket that the consumer serves."""

    def __init__(self, headers: dict[str, str], query: str) -> None:
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        path = f"/api/v4/websocket{query}"
        self.wire = WebsocketCommunicator(SocketConsumer.as_asgi(), path, headers=raw)
        self.wire.scope["extensions"] = {"websocket.http.response": {}}

    async def connect(self) -> bool:
        accepted, _ = await self.wire.connect()
        return bool(accepted)

    async def say(self, action: str, seq: int = 1, **data: Any) -> None:
        await self.wire.send_to(text_data=orjson.dumps({"action": action, "seq": seq, "data": data}).decode())

    async def hears(self) -> Any:
        """The next frame, or the word "closed"."""
        message = await self.wire.receive_output(2)
        return "closed" if message["type"] == "websocket.close" else orjson.loads(message["text"])

    async def hears_nothing(self) -> bool:
        return await self.wire.receive_nothing(0.1)


@asynccontextmanager
async def server(people: People | None = None) -> AsyncIterator[None]:
    """Realtime in this loop, on a backend without database."""
    before = realtime.runtime._backend
    realtime.use(people or People())
    await realtime.start()
    try:
        yield
    finally:
        await realtime.stop()
        assert before is not None
        realtime.use(before)


@asynccontextmanager
async def caller(query: str = "", **headers: str) -> AsyncIterator[Caller]:
    """A client's socket; headers are given with underscores."""
    opened = Caller({name.replace("_", "-"): value for name, value in headers.items()}, query)
    try:
        yield opened
    finally:
        await opened.wire.disconnect()


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer ann"},
        {"authorization": "bearer ann"},
        {"authorization": "Token ann"},
        {"cookie": "MMAUTHTOKEN=ann"},
        {"cookie": "MMAUTHTOKEN=ann", "authorization": "Bearer ben"},
    ],
)
def test_a_token_is_taken_from_cookie_or_header(headers: dict[str, str]) -> None:
    async def scene() -> None:
        async with server(), caller(**headers) as ann:
            assert await ann.connect()
            assert (await ann.hears())["broadcast"]["user_id"] == "ann"

    play(scene)


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer bad"}, {"cookie": "MMAUTHTOKEN=bad"}])
def test_without_a_good_token_it_is_open_and_silent(headers: dict[str, str]) -> None:
    async def scene() -> None:
        async with server(), caller(**headers) as somebody:
            assert await somebody.connect()
            assert await somebody.hears_nothing()

    play(scene)


def test_a_token_in_the_query_is_for_oauth_only() -> None:
    async def scene() -> None:
        async with server(), caller("?access_token=ann") as ann:
            await ann.wire.send_input({"type": "websocket.connect"})
            start, body = await ann.wire.receive_output(2), await ann.wire.receive_output(2)
            error = orjson.loads(body["body"])
            assert (start["status"], error["id"]) == (401, "api.context.token_provided.app_error")

    play(scene)


def test_a_challenge_is_answered_with_hello_first() -> None:
    async def scene() -> None:
        async with server(), caller() as ann:
            await ann.connect()
            await ann.say(CHALLENGE, 3, token="ann")
            assert (await ann.hears())["event"] == "hello"
            assert await ann.hears() == {"status": "OK", "seq_reply": 3}

    play(scene)


def test_a_second_challenge_is_not_answered() -> None:
    async def scene() -> None:
        async with server(), caller(authorization="Bearer ann") as ann:
            await ann.connect()
            await ann.hears()
            await ann.say(CHALLENGE, 1, token="bad")
            assert await ann.hears_nothing()

    play(scene)


@pytest.mark.parametrize("data", [{"token": "bad"}, {"token": 17}, {}])
def test_a_bad_challenge_closes_the_socket(data: dict[str, Any]) -> None:
    async def scene() -> None:
        async with server(), caller() as somebody:
            await somebody.connect()
            await somebody.say(CHALLENGE, 1, **data)
            assert await somebody.hears() == "closed"

    play(scene)


@pytest.mark.parametrize(("action", "seq"), [(CHALLENGE, 0), ("ping", 1), ("get_statuses", 1), ("", 1)])
def test_nothing_else_is_answered_before_it(action: str, seq: int) -> None:
    async def scene() -> None:
        async with server(), caller() as somebody:
            await somebody.connect()
            await somebody.say(action, seq, token="ann")
            assert await somebody.hears_nothing()

    play(scene)


def test_who_does_not_sign_in_is_shut_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "AUTHENTICATION_LIMIT", 0.05)

    async def scene() -> None:
        async with server(), caller() as somebody:
            await somebody.connect()
            assert await somebody.hears() == "closed"

    play(scene)


def test_who_signs_in_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "AUTHENTICATION_LIMIT", 0.2)

    async def scene() -> None:
        async with server(), caller() as ann:
            await ann.connect()
            await ann.say(CHALLENGE, 1, token="ann")
            await ann.hears(), await ann.hears()
            await asyncio.sleep(0.3)
            assert await ann.hears_nothing()

    play(scene)


HERE = {"host": "chat.example.com:8065"}


@pytest.mark.parametrize(
    ("site_url", "cors", "headers", "accepted"),
    [
        ("", "", HERE, True),
        ("", "", {**HERE, "origin": "http://chat.example.com:8065"}, True),
        ("", "", {**HERE, "origin": "http://CHAT.example.com:8065"}, True),
        ("", "", {**HERE, "origin": "http://chat.example.com"}, False),
        ("", "", {**HERE, "origin": "https://evil.example.com"}, False),
        ("", "", {**HERE, "origin": "null"}, False),
        ("", "", {"origin": "nonsense"}, False),
        ("https://site.example.com/chat", "", {**HERE, "origin": "https://SITE.example.com"}, True),
        ("https://site.example.com", "", {**HERE, "origin": "http://site.example.com"}, False),
        ("https://site.example.com", "", {**HERE, "origin": "http://chat.example.com:8065"}, False),
        ("https://site.example.com", "", HERE, True),
        ("https://site.example.com/chat", "https://a.example.com", {"origin": "https://a.example.com"}, True),
        ("https://site.example.com/chat", "https://a.example.com", {"origin": "https://site.example.com"}, True),
        ("https://site.example.com", "https://a.example.com", {"origin": "https://A.example.com"}, False),
        ("https://site.example.com", "https://a.example.com", {"origin": "null"}, False),
        ("https://site.example.com", "https://a.example.com", {}, True),
        ("https://site.example.com", "*", {"origin": "null"}, True),
        ("https://site.example.com", "*", {"origin": "https://evil.example.com"}, True),
    ],
)
def test_pages_of_other_origins_are_refused(site_url: str, cors: str, headers: dict[str, str], accepted: bool) -> None:
    values = {"ServiceSettings.SiteURL": site_url, "ServiceSettings.AllowCorsFrom": cors}

    async def scene() -> None:
        async with server(), caller(authorization="Bearer ann", **headers) as ann:
            assert await ann.connect() is accepted

    with config.override(**values):
        play(scene)


ID = "c" * 26


@pytest.mark.parametrize(
    "query",
    [
        "?connection_id=short&sequence_number=0",
        f"?connection_id={ID}",
        f"?connection_id={ID}&sequence_number=one",
        f"?connection_id={ID}&sequence_number=-1",
        f"?connection_id={ID}&sequence_number=99999999999999999999",
    ],
)
def test_senseless_wishes_to_go_on_close_the_socket(query: str) -> None:
    async def scene() -> None:
        async with server(), caller(query, authorization="Bearer ann") as ann:
            await ann.connect()
            assert await ann.hears() == "closed"

    play(scene)


@pytest.mark.parametrize("query", ["", "?connection_id=&sequence_number=0", f"?connection_id={ID}&sequence_number=5"])
def test_a_new_connection_is_given_to_who_has_none(query: str) -> None:
    async def scene() -> None:
        async with server(), caller(query, authorization="Bearer ann") as ann:
            await ann.connect()
            hello = await ann.hears()
            assert hello["seq"] == 0 and hello["data"]["connection_id"] != ID

    play(scene)


def test_a_client_can_go_on_with_its_connection() -> None:
    async def scene() -> None:
        async with server():
            async with caller(authorization="Bearer ann") as ann:
                await ann.connect()
                connection_id = (await ann.hears())["data"]["connection_id"]
            async with caller(f"?connection_id={connection_id}&sequence_number=1", authorization="Bearer ann") as again:
                await again.connect()
                assert await again.hears_nothing()
                await again.say("ping", 4)
                assert (await again.hears())["seq_reply"] == 4

    play(scene)


def test_a_server_that_ends_closes_with_1001_and_takes_nobody_in() -> None:
    async def scene() -> None:
        async with server(), caller(authorization="Bearer ann") as ann, caller(authorization="Bearer ben") as late:
            await ann.connect()
            await ann.hears()
            await realtime.drain()
            assert (await ann.wire.receive_output(2)) == {"type": "websocket.close", "code": 1001}
            assert not await late.connect()

    play(scene)


def test_a_server_that_knows_few_close_codes_is_given_one_it_knows() -> None:
    async def scene() -> None:
        async with server(), caller() as somebody:
            somebody.wire.scope["extensions"] = {}
            await somebody.connect()
            await somebody.say(CHALLENGE, 1, token="bad")
            assert await somebody.wire.receive_output(2) == {"type": "websocket.close", "code": 1000}

    play(scene)
