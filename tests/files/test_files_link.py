"""Public links to files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from django.test import Client

from accounts.models import User
from files.links import link_hash
from mattermost_site import config
from mattermost_site.ids import new_id
from messaging.models import Channel
from tests.cast import ApiClient
from tests.files.sending import body_of, error_of, sent


@pytest.fixture(autouse=True)
def links() -> Iterator[None]:
    """Public links are on."""
    with config.override(**{"FileSettings.EnablePublicLink": True}):
        yield


@pytest.fixture
def posted(writer: ApiClient, town_square: Channel) -> str:
    """A file of a post."""
    id_: str = sent(writer, town_square.id, "a.txt", b"content")["id"]
    assert writer.post("/posts", {"channel_id": town_square.id, "file_ids": [id_]}).status_code == 201
    return id_


def public(path: str, method: str = "GET") -> Any:
    return Client().generic(method, path)


def test_it_needs_no_session(writer: ApiClient, posted: str) -> None:
    link = urlsplit(orjson.loads(writer.get(f"/files/{posted}/link").content)["link"])
    reply = public(f"{link.path}?{link.query}")
    assert (link.path, reply.status_code, body_of(reply)) == (f"/files/{posted}/public", 200, b"content")


def test_it_answers_headers_alone(posted: str) -> None:
    reply = public(f"/files/{posted}/public?h={link_hash(posted)}", "HEAD")
    assert (reply.status_code, reply.headers["Content-Length"]) == (200, "7")


def test_it_is_the_link_that_the_other_server_makes() -> None:
    with config.override(**{"FileSettings.PublicLinkSalt": "s" * 32}):
        assert link_hash("b" * 26) == "7PeYRw5beSulBOrNBkj4wojgjDSzpq7xfEQgKV4yxaA"


@pytest.mark.parametrize("hash", ["", "x", "%FF", "é"])
def test_it_wants_the_hash_of_this_file(posted: str, hash: str) -> None:
    assert public(f"/files/{posted}/public?h={hash}").status_code == 400
    assert public(f"/files/{posted}/public?h={link_hash(new_id())}").status_code == 400


def test_it_ends_with_its_file(writer: ApiClient, town_square: Channel, posted: str) -> None:
    path = f"/files/{posted}/public?h={link_hash(posted)}"
    assert public(path).status_code == 200
    post_id = orjson.loads(writer.get(f"/files/{posted}/info").content)["post_id"]
    writer.delete(f"/posts/{post_id}")
    assert public(path).status_code == 404


def test_it_ends_when_links_are_turned_off_or_the_salt_is_changed(posted: str) -> None:
    path = f"/files/{posted}/public?h={link_hash(posted)}"
    with config.override(**{"FileSettings.PublicLinkSalt": "another salt of at least 32 signs"}):
        assert public(path).status_code == 400
    with config.override(**{"FileSettings.EnablePublicLink": False}):
        assert public(path).status_code == 403


def test_it_refuses_with_a_page(posted: str) -> None:
    reply = public(f"/files/{posted}/public")
    assert reply.headers["Content-Type"].startswith("text/html")


def test_it_is_given_to_readers_only(client_for: Any, writer: ApiClient, bob: User, secret: Channel) -> None:
    id_ = sent(writer, secret.id)["id"]
    assert error_of(client_for(bob).get(f"/files/{id_}/link")) == (403, "api.context.permissions.app_error")


def test_it_is_for_files_of_posts(writer: ApiClient, town_square: Channel) -> None:
    id_ = sent(writer, town_square.id)["id"]
    assert error_of(writer.get(f"/files/{id_}/link")) == (400, "api.file.get_public_link.no_post.app_error")


def test_it_is_refused_while_links_are_off(writer: ApiClient, posted: str) -> None:
    with config.override(**{"FileSettings.EnablePublicLink": False}):
        refusal = error_of(writer.get(f"/files/{posted}/link"))
    assert refusal == (403, "api.file.get_public_link.disabled.app_error")
