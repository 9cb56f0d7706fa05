"""Uploading files to a channel."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.core.files.storage import FileSystemStorage

from accounts.models import User
from files.models import FileInfo
from mattermost_site import config
from messaging.models import Channel
from tests.cast import ApiClient
from tests.files.sending import FORM, body_of, error_of, form, infos, paths_of, send, send_form, sent, stored_files

WRONG_NUMBER = "api.file.upload_file.incorrect_number_of_client_ids.app_error"
INVALID_BODY, INVALID_URL = "api.context.invalid_body_param.app_error", "api.context.invalid_url_param.app_error"
UNREADABLE, TOO_LARGE = (
    "api.file.upload_file.read_request.app_error",
    "api.file.upload_file.too_large_detailed.app_error",
)
FILE = ("files", ("a.txt", b"content"))


def test_it_says_what_it_knows_of_a_file(writer: ApiClient, alice: User, town_square: Channel) -> None:
    info = sent(writer, town_square.id, "Notes.TXT", b"some text")
    assert {key: info[key] for key in ("name", "extension", "size", "mime_type", "user_id", "channel_id")} == {
        "name": "Notes.TXT",
        "extension": "txt",
        "size": 9,
        "mime_type": "text/plain; charset=utf-8",
        "user_id": alice.id,
        "channel_id": town_square.id,
    }


def test_it_stores_a_file_where_the_other_server_would(writer: ApiClient, alice: User, town_square: Channel) -> None:
    info = FileInfo.objects.get(id=sent(writer, town_square.id)["id"])
    day, rest = info.path.split("/", 1)
    assert day.isdigit()
    assert len(day) == 8
    assert rest == f"teams/noteam/channels/{town_square.id}/users/{alice.id}/{info.id}/a.txt"


def test_it_keeps_several_files_in_their_order(writer: ApiClient, town_square: Channel) -> None:
    names = [f"{number}.txt" for number in range(5)]
    reply = send_form(writer, ("channel_id", town_square.id), *(("files", (name, b"x")) for name in names))
    made = [info["create_at"] for info in infos(reply)]
    assert [info["name"] for info in infos(reply)] == names
    assert made == sorted(set(made))


def test_it_takes_a_file_as_the_whole_body(writer: ApiClient, town_square: Channel) -> None:
    path = f"/files?channel_id={town_square.id}&filename=a%20b.txt&client_id=mine"
    reply = orjson.loads(writer.request("POST", path, data=b"raw", content_type="text/html").content)
    file = reply["file_infos"][0]
    assert (file["name"], file["size"], reply["client_ids"]) == ("a b.txt", 3, ["mine"])
    assert body_of(writer.get(f"/files/{file['id']}")) == b"raw"


def test_it_gives_files_of_bookmarks_to_nobody(writer: ApiClient, town_square: Channel) -> None:
    path = f"/files?channel_id={town_square.id}&filename=a.txt&bookmark=true"
    assert infos(writer.request("POST", path, data=b"raw", content_type="text/plain"))[0]["user_id"] == "bookmark"


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ([("client_ids", "1"), FILE, FILE], (400, INVALID_BODY)),
        ([("client_ids", "1"), ("client_ids", "2"), FILE], (400, WRONG_NUMBER)),
        ([FILE, ("client_ids", "1")], (400, INVALID_BODY)),
        ([("client_ids", "1"), FILE, ("client_ids", "2"), FILE], None),
        ([("colour", "red"), FILE], (400, INVALID_BODY)),
        ([], None),
    ],
)
def test_it_wants_client_ids_before_their_files(
    writer: ApiClient, town_square: Channel, parts: list[Any], refusal: tuple[int, str] | None
) -> None:
    reply = send_form(writer, ("channel_id", town_square.id), *parts)
    assert (error_of(reply) if reply.status_code != 201 else None) == refusal


@pytest.mark.parametrize(("client_ids", "status"), [(1, 400), (2, 201), (3, 400)])
def test_it_takes_a_form_that_begins_with_files_as_a_whole(
    writer: ApiClient, town_square: Channel, client_ids: int, status: int
) -> None:
    ids = [("client_ids", "x")] * client_ids
    assert send_form(writer, FILE, FILE, ("channel_id", town_square.id), *ids).status_code == status


@pytest.mark.parametrize(
    ("channels", "refusal"),
    [
        ([], (400, INVALID_BODY)),
        (["short"], (400, INVALID_URL)),
        (["z" * 26], (403, "api.context.permissions.app_error")),
        (["z" * 26, "y" * 26], (400, "api.file.upload_file.multiple_channel_ids.app_error")),
    ],
)
def test_it_wants_one_channel(writer: ApiClient, channels: list[str], refusal: tuple[int, str]) -> None:
    assert error_of(send_form(writer, *(("channel_id", id_) for id_ in channels), FILE)) == refusal


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--limit\r\nbroken", FORM),
        (b"data", "multipart/form-data"),
        (b"\r\n", FORM),
        (b"data", "multipart/form-data; boundary="),
        (form(("colour", "x" * 70_000)), FORM),
        (form(("channel_id", "a\0b")), FORM),
        (form(*[FILE] * 201), FORM),
    ],
)
def test_it_refuses_a_form_that_is_none(writer: ApiClient, body: bytes, kind: str) -> None:
    assert error_of(writer.request("POST", "/files", data=body, content_type=kind)) == (400, UNREADABLE)


def test_it_stores_nothing_of_a_form_that_was_cut_off(
    writer: ApiClient, town_square: Channel, before: set[str]
) -> None:
    whole = form(("channel_id", town_square.id), ("files", ("a.txt", b"x" * 5000)))
    reply = writer.request("POST", "/files", data=whole[:-2000], content_type=FORM)
    assert error_of(reply) == (400, UNREADABLE)
    assert stored_files() == before


def test_it_takes_files_as_large_as_allowed_and_no_larger(
    writer: ApiClient, town_square: Channel, before: set[str]
) -> None:
    with config.override(**{"FileSettings.MaxFileSize": 10}):
        assert send(writer, town_square.id, content=b"x" * 10).status_code == 201
        path = f"/files?channel_id={town_square.id}&filename=a.txt"
        assert error_of(send(writer, town_square.id, content=b"x" * 11)) == (413, TOO_LARGE)
        assert error_of(writer.request("POST", path, data=b"x" * 11, content_type="text/plain")) == (413, TOO_LARGE)
    assert len(stored_files() - before) == 1


def test_it_stores_all_files_of_a_form_or_none(writer: ApiClient, town_square: Channel, before: set[str]) -> None:
    with config.override(**{"FileSettings.MaxFileSize": 10}):
        reply = send_form(writer, ("channel_id", town_square.id), FILE, ("files", ("b.txt", b"x" * 11)))
    assert error_of(reply) == (413, TOO_LARGE)
    assert (stored_files(), FileInfo.objects.count()) == (before, 0)


def test_it_keeps_nothing_when_the_store_fails(
    writer: ApiClient, town_square: Channel, before: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = FileSystemStorage._save  # type: ignore[attr-defined]

    def full(self: Any, name: str, content: Any) -> str:
        if name.endswith("b.txt"):
            raise OSError("no space left on device")
        saved: str = real(self, name, content)
        return saved

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    reply = send_form(writer, ("channel_id", town_square.id), FILE, ("files", ("b.txt", b"x")))
    assert error_of(reply) == (500, "api.file.upload_file.storage.app_error")
    assert (stored_files(), FileInfo.objects.count()) == (before, 0)


def test_it_wants_permission_in_the_channel(client_for: Any, bob: User, secret: Channel) -> None:
    assert error_of(send(client_for(bob), secret.id)) == (403, "api.context.permissions.app_error")


def test_it_wants_a_session(client_for: Any, town_square: Channel) -> None:
    assert send(client_for(None), town_square.id).status_code == 401


def test_it_can_be_turned_off_for_everybody(client_for: Any, admin: User, town_square: Channel) -> None:
    with config.override(**{"FileSettings.EnableFileAttachments": False}):
        reply = send(client_for(admin), town_square.id)
    assert error_of(reply) == (403, "api.file.attachments.disabled.app_error")


def test_it_writes_what_its_rows_say(writer: ApiClient, town_square: Channel, before: set[str]) -> None:
    sent(writer, town_square.id)
    assert stored_files() - before == paths_of(list(FileInfo.objects.all()))
