"""Reading files: their bytes, what browsers do with them, and who may."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from files.models import FileInfo
from mattermost_site import clock
from mattermost_site.ids import new_id
from mattermost_site.storage import CHUNK, Stored
from messaging.models import Channel
from tests.cast import ApiClient
from tests.files.sending import body_of, error_of, picture, sent

DENIED, MISSING = (403, "api.context.permissions.app_error"), (404, "app.file_info.get.app_error")


@pytest.fixture
def digits(writer: ApiClient, town_square: Channel) -> str:
    """A file of ten bytes."""
    id_: str = sent(writer, town_square.id, "digits.txt", b"0123456789")["id"]
    return id_


@pytest.mark.parametrize(
    ("name", "kind", "place"),
    [
        ("a.txt", "text/plain; charset=utf-8", "attachment"),
        ("a.html", "text/plain", "attachment"),
        ("a.HTM", "text/plain", "attachment"),
        ("a.xhtml", "text/plain", "attachment"),
        ("a.js", "text/plain", "attachment"),
        ("a.mjs", "text/plain", "attachment"),
        ("a.svg", "image/svg+xml", "attachment"),
        ("a.xml", "text/xml; charset=utf-8", "attachment"),
        ("a.pdf", "application/pdf", "attachment"),
        ("a.png", "image/png", "inline"),
        ("a.webp", "image/webp", "inline"),
        ("a.mp4", "video/mp4", "inline"),
        ("a.mp3", "audio/mpeg", "inline"),
        ("a.zzqq", "application/octet-stream", "attachment"),
        ("noextension", "application/octet-stream", "attachment"),
    ],
)
def test_it_lets_browsers_run_nothing(
    writer: ApiClient, town_square: Channel, name: str, kind: str, place: str
) -> None:
    reply = writer.get(f"/files/{sent(writer, town_square.id, name, b'just bytes')['id']}")
    assert reply.headers["Content-Type"] == kind
    assert reply.headers["Content-Disposition"].startswith(f"{place};")
    assert (reply.headers["X-Content-Type-Options"], reply.headers["X-Frame-Options"]) == ("nosniff", "DENY")


@pytest.mark.parametrize(("query", "place"), [("1", "attachment"), ("true", "attachment"), ("no", "inline")])
def test_it_saves_a_picture_when_asked_to(writer: ApiClient, town_square: Channel, query: str, place: str) -> None:
    info = sent(writer, town_square.id, "a.png", picture())
    for path in ("", "/thumbnail", "/preview"):
        reply = writer.get(f"/files/{info['id']}{path}?download={query}")
        assert reply.headers["Content-Disposition"].startswith(f"{place};")


def test_it_writes_names_so_that_they_break_no_header(writer: ApiClient, town_square: Channel) -> None:
    info = sent(writer, town_square.id, "ü%22; x=y.txt")
    FileInfo.objects.filter(id=info["id"]).update(name='ü"\r\nSet-Cookie: a=b;.txt')
    shown = writer.get(f"/files/{info['id']}").headers["Content-Disposition"]
    escaped = "%C3%BC%22%0D%0ASet-Cookie%3A%20a%3Db%3B.txt"
    assert shown == f"attachment;filename=\"{escaped}\"; filename*=UTF-8''{escaped}"


@pytest.mark.parametrize(
    ("span", "status", "body", "shown"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=-20", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=9-9", 206, b"9", "bytes 9-9/10"),
        ("bytes=5-100", 206, b"56789", "bytes 5-9/10"),
        ("bytes=5-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=x-y", 200, b"0123456789", None),
    ],
)
def test_it_sends_the_range_that_was_asked_for(
    writer: ApiClient, digits: str, span: str, status: int, body: bytes, shown: str | None
) -> None:
    reply = writer.get(f"/files/{digits}", HTTP_RANGE=span)
    assert (reply.status_code, body_of(reply), reply.headers.get("Content-Range")) == (status, body, shown)
    assert reply.headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("span", ["bytes=10-", "bytes=999999999999999999-"])
def test_it_refuses_a_range_behind_the_end(writer: ApiClient, digits: str, span: str) -> None:
    reply = writer.get(f"/files/{digits}", HTTP_RANGE=span)
    assert (reply.status_code, reply.headers["Content-Range"]) == (416, "bytes */10")


def test_it_sends_nothing_that_the_client_has(writer: ApiClient, digits: str) -> None:
    modified = writer.get(f"/files/{digits}").headers["Last-Modified"]
    assert writer.get(f"/files/{digits}", HTTP_IF_MODIFIED_SINCE=modified).status_code == 304
    old = "Mon, 01 Jan 2001 00:00:00 GMT"
    assert writer.get(f"/files/{digits}", HTTP_IF_MODIFIED_SINCE=old).status_code == 200
    assert writer.get(f"/files/{digits}", HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE=modified).status_code == 206
    assert writer.get(f"/files/{digits}", HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE=old).status_code == 200
    assert writer.get(f"/files/{digits}", HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE='"tag"').status_code == 200


def test_it_says_how_long_clients_may_keep_it(writer: ApiClient, digits: str) -> None:
    assert writer.get(f"/files/{digits}").headers["Cache-Control"] == "private, max-age=86400"
    assert writer.get(f"/files/{digits}/info").headers["Cache-Control"] == "max-age=2592000, private"


@pytest.mark.parametrize("path", ["", "/info", "/thumbnail", "/preview"])
def test_it_is_for_readers_of_the_channel(
    client_for: Any, writer: ApiClient, bob: User, admin: User, charlie: User, secret: Channel, path: str
) -> None:
    id_ = sent(writer, secret.id, "a.png", picture())["id"]
    assert error_of(client_for(bob).get(f"/files/{id_}{path}")) == DENIED
    assert error_of(client_for(charlie).get(f"/files/{id_}{path}")) == DENIED
    assert client_for(None).get(f"/files/{id_}{path}").status_code == 401
    assert client_for(admin).get(f"/files/{id_}{path}").status_code == 200


def test_it_stays_readable_for_whoever_uploaded_it(writer: ApiClient, alice: User, secret: Channel) -> None:
    id_ = sent(writer, secret.id)["id"]
    assert writer.delete(f"/channels/{secret.id}/members/{alice.id}").status_code == 200
    assert body_of(writer.get(f"/files/{id_}")) == b"content"


def test_it_finds_the_channel_of_an_old_file_by_its_post(
    client_for: Any, writer: ApiClient, bob: User, town_square: Channel, secret: Channel
) -> None:
    def old(channel: Channel) -> str:
        id_: str = sent(writer, channel.id)["id"]
        body = {"channel_id": channel.id, "message": "", "file_ids": [id_]}
        assert writer.post("/posts", body).status_code == 201
        FileInfo.objects.filter(id=id_).update(channel_id="")
        return id_

    assert client_for(bob).get(f"/files/{old(town_square)}").status_code == 200
    assert error_of(client_for(bob).get(f"/files/{old(secret)}")) == DENIED


def test_it_refuses_a_file_of_nowhere(client_for: Any, bob: User, digits: str) -> None:
    FileInfo.objects.filter(id=digits).update(channel_id="")
    assert error_of(client_for(bob).get(f"/files/{digits}")) == DENIED


@pytest.mark.parametrize("path", ["", "/info", "/thumbnail", "/preview"])
def test_it_knows_no_deleted_and_no_unknown_file(writer: ApiClient, digits: str, path: str) -> None:
    FileInfo.objects.filter(id=digits).update(delete_at=clock.now())
    assert error_of(writer.get(f"/files/{digits}{path}")) == MISSING
    assert error_of(writer.get(f"/files/{new_id()}{path}")) == MISSING


def test_it_goes_with_its_post(writer: ApiClient, town_square: Channel, digits: str) -> None:
    post = orjson.loads(writer.post("/posts", {"channel_id": town_square.id, "file_ids": [digits]}).content)
    assert writer.get(f"/files/{digits}").status_code == 200
    writer.delete(f"/posts/{post['id']}")
    assert error_of(writer.get(f"/files/{digits}")) == MISSING


def test_it_says_when_the_store_has_lost_a_file(writer: ApiClient, digits: str) -> None:
    default_storage.delete(FileInfo.objects.get(id=digits).path)
    assert error_of(writer.get(f"/files/{digits}")) == (404, "api.file.read_file.app_error")


def test_it_is_not_routed_for_heads_of_replies(writer: ApiClient, digits: str) -> None:
    assert writer.request("HEAD", f"/files/{digits}").status_code == 404


def test_it_holds_a_piece_at_a_time(writer: ApiClient, digits: str) -> None:
    path = Path(default_storage.path(FileInfo.objects.get(id=digits).path))
    os.truncate(path, 100 * CHUNK)
    pieces = list(Stored(FileInfo.objects.get(id=digits).path).chunks(5, 10 * CHUNK))
    assert (max(map(len, pieces)), sum(map(len, pieces))) == (CHUNK, 10 * CHUNK)


def test_it_closes_the_file_when_the_client_goes_away(writer: ApiClient, digits: str) -> None:
    path = Path(default_storage.path(FileInfo.objects.get(id=digits).path))
    os.truncate(path, 100 * CHUNK)
    reply: Any = writer.get(f"/files/{digits}")
    next(iter(reply.streaming_content))
    reply.close()
    still_open = {os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if _is_link(fd)}
    assert str(path) not in still_open


def _is_link(fd: str) -> bool:
    return os.path.lexists(f"/proc/self/fd/{fd}")


@pytest.mark.usefixtures("serving")
def test_it_takes_two_statements(client_for: Any, bob: User, digits: str, django_assert_num_queries: Any) -> None:
    client = client_for(bob)
    client.get(f"/files/{digits}")
    with django_assert_num_queries(2):
        client.get(f"/files/{digits}")
