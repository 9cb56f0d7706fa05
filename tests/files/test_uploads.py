"""Uploads in parts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import orjson
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from accounts.models import User
from files.actions import uploads
from files.models import FileInfo, UploadPart, UploadSession
from files.received import Received, temporary_file
from files.tasks import remove_from_store
from files.validation import FIRST_PART
from mattermost_site import clock, config
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from mattermost_site.models import Outbox
from messaging.actions.members import store_member
from messaging.models import Channel
from tests.cast import ApiClient
from tests.files.sending import FORM, body_of, error_of, form, picture, stored_files

Announce = Callable[..., str]
DENIED = (403, "api.context.permissions.app_error")
WRONG_LENGTH = (400, "api.upload.upload_data.invalid_content_length")


@pytest.fixture
def announce(writer: ApiClient, town_square: Channel) -> Announce:
    """Announces a file of alice's, answers the upload's id."""

    def announced(size: int = 10, name: str = "a.txt", **changes: Any) -> str:
        body = {"channel_id": town_square.id, "filename": name, "file_size": size, **changes}
        reply = writer.post("/uploads", body)
        assert reply.status_code == 201, reply.content
        id_: str = orjson.loads(reply.content)["id"]
        return id_

    return announced


def send(client: ApiClient, upload_id: str, data: bytes, kind: str = "application/octet-stream") -> Any:
    return client.request("POST", f"/uploads/{upload_id}", data=data, content_type=kind)


def offset_of(client: ApiClient, upload_id: str) -> int:
    offset: int = orjson.loads(client.get(f"/uploads/{upload_id}").content)["file_offset"]
    return offset


def work_off_outbox() -> None:
    """Delete what was left to be deleted in the background."""
    for row in Outbox.objects.filter(kind="files.remove_from_store"):
        remove_from_store(**row.payload)


def test_it_becomes_a_file_when_all_has_arrived(writer: ApiClient, announce: Announce, before: set[str]) -> None:
    upload = announce(FIRST_PART + 6)
    assert send(writer, upload, b"a" * FIRST_PART).status_code == 204
    assert offset_of(writer, upload) == FIRST_PART
    assert send(writer, upload, b"bbb").status_code == 204
    reply = send(writer, upload, b"ccc")
    info = orjson.loads(reply.content)
    content = body_of(writer.get(f"/files/{info['id']}"))
    assert (reply.status_code, len(content), content[-7:]) == (200, FIRST_PART + 6, b"abbbccc")
    work_off_outbox()
    assert stored_files() - before == {FileInfo.objects.get(id=info["id"]).path}
    assert (UploadPart.objects.count(), UploadSession.objects.count()) == (0, 0)


def test_it_takes_a_form(writer: ApiClient, announce: Announce) -> None:
    reply = send(writer, announce(), form(("data", ("other.txt", b"0123456789"))), FORM)
    assert (reply.status_code, orjson.loads(reply.content)["name"]) == (200, "a.txt")


def test_it_draws_pictures(writer: ApiClient, announce: Announce) -> None:
    content = picture()
    info = orjson.loads(send(writer, announce(len(content), "a.png"), content).content)
    assert (info["width"], info["has_preview_image"]) == (300, True)


def test_it_forgets_a_picture_with_too_many_pixels(writer: ApiClient, announce: Announce, before: set[str]) -> None:
    content = picture()
    upload = announce(len(content), "a.png")
    with config.override(**{"FileSettings.MaxImageResolution": 100}):
        refusal = error_of(send(writer, upload, content))
    assert refusal == (400, "app.upload.upload_data.large_image.app_error")
    work_off_outbox()
    assert (stored_files(), UploadSession.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("size", "data", "refusal"),
    [
        (10, b"0123", (400, "app.upload.upload_data.first_part_too_small.app_error")),
        (10, b"0123456789x", WRONG_LENGTH),
        (10, b"", WRONG_LENGTH),
        (FIRST_PART + 1, b"x" * (FIRST_PART - 1), (400, "app.upload.upload_data.first_part_too_small.app_error")),
    ],
)
def test_it_refuses_parts_of_the_wrong_size(
    writer: ApiClient, announce: Announce, before: set[str], size: int, data: bytes, refusal: tuple[int, str]
) -> None:
    upload = announce(size)
    assert error_of(send(writer, upload, data)) == refusal
    assert offset_of(writer, upload) == 0
    assert stored_files() == before


def test_it_takes_each_part_once(announce: Announce, before: set[str]) -> None:
    upload = UploadSession.objects.get(id=announce(FIRST_PART + 10))
    rival = UploadSession.objects.get(id=upload.id)
    with ExitStack() as stack:
        part = Received("a.txt", temporary_file(stack), FIRST_PART)
        part.content.write(b"x" * FIRST_PART)
        uploads.receive_part(upload=upload, part=part)
        with pytest.raises(AppError, match="concurrent"):
            uploads.receive_part(upload=rival, part=part)
    assert stored_files() - before == {UploadPart.objects.get().path}


def test_it_can_be_finished_after_the_store_failed(
    writer: ApiClient, announce: Announce, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = announce()
    real = FileSystemStorage._save  # type: ignore[attr-defined]

    def full(self: Any, name: str, content: Any) -> str:
        if not name.startswith("uploads/"):
            raise OSError("no space left on device")
        saved: str = real(self, name, content)
        return saved

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", full)
        assert error_of(send(writer, upload, b"0123456789")) == (500, "api.file.upload_file.storage.app_error")
    assert send(writer, upload, b"0123456789").status_code == 200


def test_it_begins_anew_what_the_other_server_left(writer: ApiClient, announce: Announce) -> None:
    upload = announce()
    UploadSession.objects.filter(id=upload).update(file_offset=5)
    assert offset_of(writer, upload) == 0
    assert send(writer, upload, b"0123456789").status_code == 200


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"file_size": 0}, (400, "model.upload_session.is_valid.file_size.app_error")),
        ({"file_size": -1}, (400, "model.upload_session.is_valid.file_size.app_error")),
        ({"file_size": "10"}, (400, "api.context.invalid_body_param.app_error")),
        ({"file_size": 2**40}, (413, "api.upload.create.upload_too_large.app_error")),
        ({"channel_id": "short"}, DENIED),
        ({"channel_id": ""}, DENIED),
        ({"type": "import"}, DENIED),
    ],
)
def test_it_refuses_what_cannot_be_uploaded(
    writer: ApiClient, town_square: Channel, changes: dict[str, Any], refusal: tuple[int, str]
) -> None:
    body = {"channel_id": town_square.id, "filename": "a.txt", "file_size": 10, **changes}
    assert error_of(writer.post("/uploads", body)) == refusal


def test_it_takes_no_folder_from_a_name(announce: Announce) -> None:
    upload = UploadSession.objects.get(id=announce(name="../../escape.txt"))
    assert upload.filename == "escape.txt"
    assert ".." not in upload.path


def test_it_refuses_archived_channels(client_for: Any, admin: User, secret: Channel) -> None:
    Channel.objects.filter(id=secret.id).update(delete_at=clock.now())
    body = {"channel_id": secret.id, "filename": "a.txt", "file_size": 10}
    refusal = error_of(client_for(admin).post("/uploads", body))
    assert refusal == (400, "app.upload.create.cannot_upload_to_deleted_channel.app_error")


def test_it_is_sent_by_whoever_announced_it(client_for: Any, announce: Announce, bob: User, admin: User) -> None:
    upload = announce()
    for other in (bob, admin):
        assert error_of(send(client_for(other), upload, b"0123456789")) == DENIED
    assert send(client_for(None), upload, b"0123456789").status_code == 401


def test_it_is_shown_to_its_owner_and_to_admins(client_for: Any, announce: Announce, bob: User, admin: User) -> None:
    upload = announce()
    assert error_of(client_for(bob).get(f"/uploads/{upload}")) == (403, "api.upload.get_upload.forbidden.app_error")
    assert client_for(admin).get(f"/uploads/{upload}").status_code == 200


def test_it_is_listed_for_oneself_only(
    client_for: Any, writer: ApiClient, announce: Announce, alice: User, admin: User
) -> None:
    upload = announce()
    assert [row["id"] for row in orjson.loads(writer.get("/users/me/uploads").content)] == [upload]
    refusal = error_of(client_for(admin).get(f"/users/{alice.id}/uploads"))
    assert refusal == (403, "api.user.get_uploads_for_user.forbidden.app_error")


def test_it_ends_with_the_right_to_upload(client_for: Any, writer: ApiClient, bob: User, secret: Channel) -> None:
    store_member(channel=secret, user=bob)
    client = client_for(bob)
    body = {"channel_id": secret.id, "filename": "a.txt", "file_size": 10}
    upload = orjson.loads(client.post("/uploads", body).content)["id"]
    assert writer.delete(f"/channels/{secret.id}/members/{bob.id}").status_code == 200
    assert error_of(send(client, upload, b"0123456789")) == DENIED


def test_it_knows_no_other_uploads(writer: ApiClient) -> None:
    assert error_of(writer.get(f"/uploads/{new_id()}")) == (404, "app.upload.get.app_error")
    assert error_of(send(writer, new_id(), b"x")) == (404, "app.upload.get.app_error")


def test_it_is_off_with_attachments(writer: ApiClient, announce: Announce) -> None:
    upload = announce()
    with config.override(**{"FileSettings.EnableFileAttachments": False}):
        refusal = (501, "api.file.attachments.disabled.app_error")
        assert error_of(writer.post("/uploads", {})) == refusal
        assert error_of(send(writer, upload, b"0123456789")) == refusal


def test_it_puts_imports_of_admins_into_their_folder(client_for: Any, admin: User, before: set[str]) -> None:
    client = client_for(admin)
    body = {"type": "import", "filename": "data.zip", "file_size": 3}
    upload = orjson.loads(client.post("/uploads", body).content)["id"]
    assert send(client, upload, b"zip").status_code == 200
    work_off_outbox()
    assert stored_files() - before == {f"import/{upload}_data.zip"}
    assert FileInfo.objects.count() == 0


def test_it_is_forgotten_after_a_week(announce: Announce, before: set[str]) -> None:
    old, new = announce(), announce()
    UploadSession.objects.filter(id=old).update(create_at=clock.now() - 8 * clock.DAY)
    for number, upload in enumerate((old, new, new_id())):
        default_storage.save(f"uploads/{upload}/part", ContentFile(b"x"))
        UploadPart.objects.create(path=f"uploads/{upload}/part", upload_id=upload, file_offset=0, size=number + 1)
    uploads.forget_uploads()
    work_off_outbox()
    assert list(UploadSession.objects.values_list("id", flat=True)) == [new]
    assert stored_files() - before == {f"uploads/{new}/part"}
