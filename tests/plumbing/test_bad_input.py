"""No endpoint breaks on bad input: generated from the API's description, for everything that is served.

Whatever is sent, the answer is JSON (or what the endpoint makes), never a 5xx other than
"not implemented", never HTML. Each request is rolled back, so that all meet the same data.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from mattermost_site.api.endpoints import Endpoint, table
from messaging.models import Channel
from teams.models import Team
from tests.cast import ApiClient

OPENAPI = Path(__file__).resolve().parents[3] / "shared" / "contract" / "openapi-v4.json"
SEED = 20_260_101
NOT_HERE = 501  # "not implemented" and features that are off
PLACEHOLDER = re.compile(r"\{([^}]+)\}")
LONG = "x" * 70_000
DEEP = "[" * 2000 + "]" * 2000

BODIES: tuple[bytes, ...] = (
    b"",
    b"{",
    b"[]",
    b"{}",
    b"null",
    b"0",
    b'"text"',
    b'["a", 1, null, {}]',
    b"[[[]]]",
    b'{"\xff\xfe": "\xc3\x28"}',
    b'{"a": "\\u0000"}',
    b'{"a": "\\ud800"}',
    b'{"n": 1e400}',
    b'{"n": 123456789012345678901234567890}',
    DEEP.encode(),
    b'"' + LONG.encode() + b'"',
)
VALUES: tuple[Any, ...] = (
    None, 0, -1, 2**63, 2**70, 1.5, True, "", "x", "a\0b", LONG, "‮‏", "' OR 1=1 --", "%s{0}", [], [None],
    [{}], ["a" * 26] * 3, {}, {"a": {"b": []}}, "a" * 26, "../../etc/passwd", "<script>alert(1)</script>",
)  # fmt: skip
PATH_VALUES = ("short", "a" * 26, "A" * 26, "%00" * 26, "%FF%FE", "x" * 300, "..%2f..", "%F0%9F%98%80", "me", "0", "-1")
QUERIES = (
    "",
    "page=-1&per_page=99999999999999999999",
    "page=9223372036854775807&per_page=200",
    "page=x&per_page=y&since=z&before=%00&after=%FF",
    "since=-1&before=a&after=b&limit_before=-5&limit_after=0",
    "since=99999999999999999999999&perPage=-1&fromPost=x&fromCreateAt=y&direction=sideways",
    "sort=nonsense&in_team=x&in_channel=y&not_in_team=%00&role=%27&name=%25%5F%5C",
    "name=" + "a" * 1500,
)


def schemas() -> dict[tuple[str, str], dict[str, Any]]:
    """The properties of each operation's JSON body, by method and path."""
    document = json.loads(OPENAPI.read_text())
    found = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if isinstance(operation, dict):
                content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
                found[method.upper(), path] = _properties(document, content.get("schema", {}))
    return found


def _properties(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if reference := schema.get("$ref"):
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    properties: dict[str, Any] = dict(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        properties |= _properties(document, part)
    return properties


def served() -> list[Endpoint]:
    return [endpoint for endpoint in table() if endpoint.is_served and endpoint.path.startswith("/api/v4/")]


@pytest.fixture
def places(client_for: Any, alice: User, bob: User, charlie: User, team: Team, town_square: Channel) -> dict[str, str]:
    """Ids of real things, some of them other people's private ones, by the name of the path value."""
    private = client_for(alice).post(
        "/channels", {"team_id": team.id, "name": "inner", "display_name": "I", "type": "P"}
    )
    channel_id = private.json()["id"]
    post = client_for(alice).post("/posts", {"channel_id": channel_id, "message": "secret"}).json()
    return {
        "user_id": charlie.id,
        "team_id": team.id,
        "channel_id": channel_id,
        "post_id": post["id"],
        "thread_id": post["id"],
        "username": "alice",
        "team_name": team.name,
        "channel_name": "inner",
        "email": "alice@example.com",
        "emoji_name": "smile",
        "role_name": "system_user",
        "category": "theme",
    }


class Attacker:
    """Sends requests and rolls them back; remembers what broke."""

    def __init__(self, clients: dict[str, Client]) -> None:
        self.clients = clients
        self.broken: list[str] = []

    def send(self, who: str, method: str, path: str, body: bytes, content_type: str = "application/json") -> None:
        client = self.clients[who]
        with transaction.atomic():
            try:
                reply: Any = client.generic(method, path, body, content_type=content_type)
                b"".join(reply) if reply.streaming else reply.content
                problem = self._problem(reply)
            except Exception as error:  # noqa: BLE001 - whatever escapes a view is the finding
                problem = f"raised {type(error).__name__}: {error}"
            transaction.set_rollback(True)
        if problem:
            self.broken.append(f"{who}: {method} {path[:160]} {body[:120]!r}: {problem}")

    def _problem(self, reply: Any) -> str:
        if reply.status_code >= 500 and reply.status_code != NOT_HERE:
            return f"{reply.status_code} {reply.content[:200]!r}"
        if "html" in reply.headers.get("Content-Type", "") and reply.content:
            return "answered HTML"
        if reply.status_code >= 400 and not {"id", "message", "status_code"} <= set(json.loads(reply.content)):
            return f"no error object: {reply.content[:200]!r}"
        return ""


@pytest.fixture
def attacker(client_for: Any, bob: User, admin: User) -> Iterator[Attacker]:
    made: dict[str, ApiClient] = {"bob": client_for(bob), "admin": client_for(admin), "nobody": client_for(None)}
    yield Attacker({name: client.client for name, client in made.items()})


def filled(endpoint: Endpoint, values: dict[str, str], other: str = "") -> str:
    return PLACEHOLDER.sub(lambda match: other or values.get(match[1], "b" * 25 + "1"), endpoint.path)


def bodies(endpoint: Endpoint, properties: dict[str, Any], random_: random.Random) -> Iterator[bytes]:
    yield from BODIES
    for name in properties:
        for value in random_.sample(VALUES, 6):
            yield json.dumps({name: value}).encode()
    for _ in range(6):
        yield json.dumps({name: random_.choice(VALUES) for name in properties}).encode()
        yield json.dumps([{name: random_.choice(VALUES) for name in properties}]).encode()


def attack(attacker: Attacker, endpoint: Endpoint, places: dict[str, str], properties: dict[str, Any]) -> None:
    random_ = random.Random(f"{SEED} {endpoint.method} {endpoint.path}")  # noqa: S311 - reproducible, not secret
    real = filled(endpoint, places)
    for other in PATH_VALUES:
        attacker.send("bob", endpoint.method, filled(endpoint, places, other), b"{}")
    for query in QUERIES:
        attacker.send("bob", endpoint.method, f"{real}?{query}", b"{}")
    attacker.send("nobody", endpoint.method, real, b"{}")
    if endpoint.method == "GET":
        attacker.send("admin", "GET", real, b"")
        return
    for number, body in enumerate(bodies(endpoint, properties, random_)):
        attacker.send("admin" if number % 2 else "bob", endpoint.method, real, body)
    attacker.send("bob", endpoint.method, real, b"--x\r\nbroken", "multipart/form-data; boundary=x")
    attacker.send("bob", endpoint.method, real, b"a=1&b=%00", "application/x-www-form-urlencoded")


AREAS = sorted({endpoint.area for endpoint in table()})


@pytest.mark.parametrize("area", AREAS)
def test_it_answers_bad_input_with_the_error_object(area: str, attacker: Attacker, places: dict[str, str]) -> None:
    known = schemas()
    for endpoint in served():
        if endpoint.area == area and endpoint.operation != "Logout":
            attack(attacker, endpoint, places, known.get((endpoint.method, endpoint.path), {}))
    assert attacker.broken == []
