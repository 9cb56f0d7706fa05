"""What the tests of webhooks and commands share: rows as the API makes them, and a receiver on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
from django.test import Client, TestCase

from messaging.models import Channel
from teams.models import Team
from tests.cast import ApiClient
from tests.messaging.writer import read

NO_RIGHT = "api.context.permissions.app_error"
BAD_BODY = "api.context.invalid_body_param.app_error"
SOME_ID = "x" * 26


@dataclass
class Call:
    """One request that the receiver got."""

    method: str
    path: str
    headers: dict[str, str]
    content: bytes


@dataclass
class Receiver:
    """An HTTP server on loopback; ``answer`` is what it says to everybody: status, content type, content."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answer: tuple[int, str, bytes] = (200, "application/json", b"{}")

    def says(self, value: Any, status: int = 200) -> None:
        """Have it answer with JSON."""
        self.answer = (status, "application/json", orjson.dumps(value))


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver for the time of the block."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            made.calls.append(Call("POST", self.path, dict(self.headers.items()), content))
            status, kind, answer = made.answer
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            if status in (301, 302, 307):
                self.send_header("Location", f"{made.url}/elsewhere")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def make_incoming(client: ApiClient, channel: Channel, **fields: Any) -> Any:
    """An incoming webhook."""
    return read(client.post("/hooks/incoming", {"channel_id": channel.id, **fields}))


def make_outgoing(client: ApiClient, team: Team, url: str, **fields: Any) -> Any:
    """An outgoing webhook for the word ``deploy`` unless told otherwise."""
    body = {"team_id": team.id, "trigger_words": ["deploy"], "callback_urls": [url]} | fields
    return read(client.post("/hooks/outgoing", body))


def make_command(client: ApiClient, team: Team, trigger: str = "weather", **fields: Any) -> Any:
    """A slash command."""
    body = {"team_id": team.id, "trigger": trigger, "method": "P", "url": "http://example.com/cmd"} | fields
    return read(client.post("/commands", body))


def send(hook_id: str, body: Any, content_type: str = "application/json") -> Any:
    """What an outsider gets who sends to an incoming webhook; ``body`` is JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return Client().generic("POST", f"/hooks/{hook_id}", data=content, content_type=content_type)
