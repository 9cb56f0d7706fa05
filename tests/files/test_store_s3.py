"""The file store in a bucket, held against a server that keeps objects and remembers how it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from mattermost_site.config.sections.files import FileSettings
from mattermost_site.s3 import S3Store, s3_options
from mattermost_site.storage import CHUNK, Stored, storage_settings

PATH = "20260101/teams/noteam/ü b.txt"
SETTINGS = FileSettings(
    driver_name="amazons3",
    amazon_s3_bucket="chat",
    amazon_s3_path_prefix="/some/where/",
    amazon_s3_access_key_id="key",
    amazon_s3_secret_access_key="secret",
    amazon_s3_region="us-east-1",
    amazon_s3_ssl=False,
)


class Bucket(ThreadingHTTPServer):
    """Objects by path, and the requests that were made: method, path, headers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Bucket

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle_one_request(self) -> None:
        super().handle_one_request()
        if getattr(self, "path", ""):
            self.server.asked.append((self.command, self.path, dict(self.headers)))

    def do_PUT(self) -> None:
        self.server.objects[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, ETag='"x"')

    def do_DELETE(self) -> None:
        self.server.objects.pop(self.path, None)
        self.answer(204)

    def do_GET(self) -> None:
        if self.path not in self.server.objects:
            return self.answer(404)
        content = self.server.objects[self.path]
        span = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if span is None:
            return self.answer(200, content)
        return self.answer(206, content[int(span[1]) : int(span[2]) + 1])

    do_HEAD = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are remembered, not written to the terminal."""


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    """A running server."""
    with Bucket() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def store(bucket: Bucket) -> S3Store:
    """A store in it."""
    return S3Store(**s3_options(replace(SETTINGS, amazon_s3_endpoint=f"127.0.0.1:{bucket.server_port}")))


def test_it_keeps_files_below_the_prefix(bucket: Bucket, store: S3Store) -> None:
    assert store.save(PATH, ContentFile(b"content")) == PATH
    assert bucket.objects == {"/chat/some/where/20260101/teams/noteam/%C3%BC%20b.txt": b"content"}
    assert (store.exists(PATH), store.size(PATH)) == (True, 7)
    store.delete(PATH)
    assert (store.exists(PATH), bucket.objects) == (False, {})


def test_it_overwrites(store: S3Store) -> None:
    for content in (b"old", b"new"):
        assert store.save(PATH, ContentFile(content)) == PATH
    with store.open(PATH) as file:
        assert file.read() == b"new"


def test_it_fetches_no_more_than_the_range(bucket: Bucket, store: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storages, "_storages", {"default": store})
    store.save(PATH, ContentFile(b"0123456789"))
    assert b"".join(Stored(PATH).chunks(3, 4)) == b"3456"
    assert bucket.asked[-1][2]["Range"] == "bytes=3-6"


def test_it_reads_a_piece_at_a_time(store: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storages, "_storages", {"default": store})
    store.save(PATH, ContentFile(b"x" * (3 * CHUNK + 1)))
    assert [len(piece) for piece in Stored(PATH).chunks(0, 3 * CHUNK + 1)] == [CHUNK] * 3 + [1]


def test_it_says_that_an_object_is_missing(store: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storages, "_storages", {"default": store})
    with pytest.raises(FileNotFoundError):
        _ = Stored(PATH).size
    with pytest.raises(FileNotFoundError):
        Stored(PATH).chunks(0, 1)


def test_it_leaves_its_prefix_by_no_name(store: S3Store) -> None:
    with pytest.raises(Exception, match="denied|outside|traversal"):
        store.save("../../other/file", ContentFile(b"x"))


def test_it_asks_as_every_server_of_this_protocol_understands(bucket: Bucket, store: S3Store) -> None:
    store.save(PATH, ContentFile(b"content"))
    put = next(headers for method, _, headers in bucket.asked if method == "PUT")
    assert not [name for name in put if "checksum" in name.lower() or name.lower() == "x-amz-trailer"]
    assert put.get("Content-Encoding", "") == ""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"amazon_s3_endpoint": "s3.amazonaws.com", "amazon_s3_ssl": True}, {"endpoint_url": None}),
        ({"amazon_s3_endpoint": "box:9000", "amazon_s3_ssl": True}, {"endpoint_url": "https://box:9000"}),
        ({"amazon_s3_endpoint": "box:9000"}, {"endpoint_url": "http://box:9000"}),
        ({"amazon_s3_access_key_id": "", "amazon_s3_secret_access_key": ""}, {"access_key": None, "secret_key": None}),
        ({"amazon_s3_sse": True}, {"object_parameters": {"ServerSideEncryption": "AES256"}}),
        ({"amazon_s3_storage_class": "GLACIER_IR"}, {"object_parameters": {"StorageClass": "GLACIER_IR"}}),
    ],
)
def test_it_does_as_the_settings_say(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    options = s3_options(replace(SETTINGS, **changes))
    assert {name: options[name] for name in expected} == expected


def test_it_is_a_folder_unless_the_settings_name_a_bucket() -> None:
    assert storage_settings(FileSettings(directory="/data"))["OPTIONS"]["location"] == "/data"
    assert storage_settings(SETTINGS)["BACKEND"] == "mattermost_site.s3.S3Store"
