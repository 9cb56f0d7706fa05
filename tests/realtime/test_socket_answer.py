"""Requests on an open socket and their replies (websocket.md §6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgpack  # type: ignore[import-untyped]
import orjson
import pytest

from mattermost_site import clock, realtime
from mattermost_site.version import VERSION
from messaging.consumers import actions
from tests.realtime.hubs import People, play, settle
from tests.realtime.test_socket_open import Caller, caller, server

ANN = {"authorization": "Bearer ann"}


def answer_to(message: str | bytes, people: People | None = None) -> Any:
    """What ann hears after saying this; "closed", or "nothing"."""
    heard: list[Any] = []

    async def scene() -> None:
        async with server(people), caller(**ANN) as ann:
            await greeted(ann)
            kind = "text" if isinstance(message, str) else "bytes"
            await ann.wire.send_input({"type": "websocket.receive", kind: message})
            heard.append("nothing" if await ann.hears_nothing() else await ann.hears())

    play(scene)
    return heard[0]


async def greeted(client: Caller) -> None:
    await client.connect()
    assert (await client.hears())["event"] == "hello"


def request(action: Any = "ping", seq: Any = 1, data: Any = None) -> str:
    return orjson.dumps({"action": action, "seq": seq, "data": data}).decode()


def test_ping_is_answered_with_time_and_version() -> None:
    before = clock.now()
    reply = answer_to(request("ping", 7, {"ignored": True}))
    assert before <= reply["data"].pop("server_time") <= clock.now()
    assert reply == {
        "status": "OK",
        "seq_reply": 7,
        "data": {"text": "pong", "version": VERSION, "node_id": ""},
    }


def test_messagepack_is_understood() -> None:
    assert answer_to(msgpack.packb({"action": "ping", "seq": 7}))["seq_reply"] == 7


@pytest.mark.parametrize(
    ("message", "error", "status", "seq"),
    [
        (request("no_such_action", 2), "api.web_socket_router.bad_action.app_error", 500, 2),
        (request("", 3), "api.web_socket_router.no_action.app_error", 400, 3),
        ("{}", "api.web_socket_router.no_action.app_error", 400, None),
        (request("ping", 0), "api.web_socket_router.bad_seq.app_error", 400, None),
        (request("ping", -1), "api.web_socket_router.bad_seq.app_error", 400, -1),
    ],
)
def test_a_refusal_names_its_error(message: str, error: str, status: int, seq: int | None) -> None:
    reply = answer_to(message)
    shape = reply["error"]
    assert (reply["status"], shape["id"], shape["status_code"], reply.get("seq_reply")) == ("FAIL", error, status, seq)
    assert shape.keys() == {"id", "message", "detailed_error", "status_code"} and shape["message"]


@pytest.mark.parametrize(
    "message",
    [
        "{broken",
        "[]",
        '"text"',
        "",
        "null",
        request(5),
        request([]),
        request("ping", "one"),
        request("ping", 1.5),
        request("ping", True),
        request("ping", 1, []),
        request("ping", 1, {"x": "y" * 9000}),
        request("ping", 1, {"x": "ü" * 4500}),
        b"",
        b"\xc1",
        b"\x93\x01\x02\x03",
        b"\x81" * 200,
        msgpack.packb({"action": "ping", "seq": 1, "data": {"x": "y" * 9000}}),
        msgpack.packb({1: 2}),
    ],
)
def test_what_cannot_be_read_closes_the_socket(message: str | bytes) -> None:
    assert answer_to(message) == "closed"


@pytest.mark.parametrize("action", ["custom_com.example.plugin_do", "authentication_challenge"])
def test_some_actions_are_never_answered(action: str) -> None:
    assert answer_to(request(action, 14, {"x": 1})) == "nothing"


@pytest.mark.parametrize("data", [{}, {"post_id": "p" * 26, "status": "success", "user_agent": "test"}])
def test_notifications_can_be_acknowledged(data: dict[str, Any]) -> None:
    assert answer_to(request("posted_notify_ack", 12, data)) == {"status": "OK", "seq_reply": 12}


def after_session_end(message: str) -> Any:
    """What ann hears when she says this after her session ended."""
    heard: list[Any] = []

    async def scene() -> None:
        people = People()
        async with server(people), caller(**ANN) as ann:
            await greeted(ann)
            people.ended.add("ann")
            hub = realtime.current_hub()
            hub.logins.check(["ann"])
            await settle(hub)
            await ann.wire.send_to(text_data=message)
            heard.append(await ann.hears())

    play(scene)
    return heard[0]


@pytest.mark.parametrize("action", ["ping", "user_typing", "get_statuses", "no_such_action"])
def test_a_session_that_ended_is_told_so(action: str) -> None:
    error = after_session_end(request(action))["error"]
    assert (error["id"], error["status_code"]) == ("api.web_socket_router.not_authenticated.app_error", 401)


def test_presence_is_answered_even_then() -> None:
    assert after_session_end(request("presence", 9, {"channel_id": "c"})) == {"status": "OK", "seq_reply": 9}


@pytest.mark.parametrize(
    ("announced", "expected"),
    [
        ([{}], (None, None, None)),
        ([{"channel_id": "c"}], ("c", None, None)),
        ([{"channel_id": "c"}, {"channel_id": ""}], ("", None, None)),
        ([{"thread_channel_id": "c", "is_thread_view": True}], (None, None, "c")),
        ([{"thread_channel_id": "c", "is_thread_view": False}], (None, "c", None)),
        ([{"thread_channel_id": "c"}], (None, "c", None)),
        ([{"channel_id": 5, "thread_channel_id": None}], (None, None, None)),
    ],
)
def test_presence_remembers_what_is_shown(
    announced: list[dict[str, Any]], expected: tuple[str | None, str | None, str | None]
) -> None:
    async def scene() -> None:
        async with server(), caller(**ANN) as ann:
            await greeted(ann)
            for number, data in enumerate(announced, 1):
                await ann.say("presence", number, **data)
                assert await ann.hears() == {"status": "OK", "seq_reply": number}
            (connection,) = realtime.current_hub().people.connections.values()
            shown = connection.presence
            assert (shown.channel_id, shown.thread_channel_id, shown.threads_view_channel_id) == expected

    play(scene)


def failing_run(error: Exception) -> Callable[..., None]:
    def run(*arguments: object) -> None:
        raise error

    return run


def test_an_action_that_fails_is_answered_and_leaves_the_socket_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "run", failing_run(OSError("the database is away")))

    async def scene() -> None:
        async with server(), caller(**ANN) as ann:
            await greeted(ann)
            await ann.say("get_statuses", 1)
            assert (await ann.hears())["error"]["status_code"] == 500
            await ann.say("ping", 2)
            assert (await ann.hears())["status"] == "OK"

    play(scene)


def test_a_session_that_has_just_ended_is_told_so_before_the_hub_knows() -> None:
    async def scene() -> None:
        people = People()
        async with server(people), caller(**ANN) as ann:
            await greeted(ann)
            people.ended.add("ann")
            (connection,) = realtime.current_hub().people.connections.values()
            connection.hold()
            await ann.say("ping", 1)
            await ann.hears_nothing()
            connection.release(connection.identity)
            assert (await ann.hears())["status"] == "FAIL"

    play(scene)
