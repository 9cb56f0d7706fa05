"""Profile pictures."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from PIL import Image

from accounts.models import User
from accounts.pictures import generated_png
from mattermost_site import config


def picture(size: tuple[int, int] = (300, 200), kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def upload(client: Any, content: bytes, user_id: str = "me", field: str = "image") -> Any:
    poster: Client = client.client
    with TestCase.captureOnCommitCallbacks(execute=True):
        return poster.post(f"/api/v4/users/{user_id}/image", {field: SimpleUploadedFile("a.png", content)})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_it_becomes_a_square_png(client_for: Any, alice: User, kind: str) -> None:
    client = client_for(alice)
    assert upload(client, picture(kind=kind)).status_code == 200
    shown = client.get("/users/me/image")
    image = Image.open(io.BytesIO(shown.content))
    assert (image.format, image.size, shown.headers["Content-Type"]) == ("PNG", (128, 128), "image/png")


def test_it_is_where_the_other_server_has_it(client_for: Any, alice: User) -> None:
    upload(client_for(alice), picture())
    assert default_storage.exists(f"users/{alice.id}/profile.png")


def test_it_tells_everybody_once(client_for: Any, alice: User, events: list[Any]) -> None:
    client = client_for(alice)
    upload(client, picture())
    upload(client, picture())
    told = [event for event in events if event.name == "user_updated"]
    assert [event.data["user"]["last_picture_update"] > 0 for event in told] == [True]


def test_it_answers_304_until_it_changes(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    etag = client.get("/users/me/image").headers["ETag"]
    assert client.get("/users/me/image", HTTP_IF_NONE_MATCH=etag).status_code == 304
    upload(client, picture())
    assert client.get("/users/me/image", HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_removing_it_shows_the_generated_one(client_for: Any, alice: User) -> None:
    client = client_for(alice)
    upload(client, picture())
    assert client.delete("/users/me/image").status_code == 200
    assert client.get("/users/me/image").content == generated_png(alice.id, "alice")
    assert client.get("/users/me").json()["last_picture_update"] < 0
    assert not default_storage.exists(f"users/{alice.id}/profile.png")


def test_the_generated_one_is_the_same_each_time_and_differs_by_letter(db: None) -> None:
    assert generated_png("x" * 26, "alice") == generated_png("x" * 26, "anna")
    assert generated_png("x" * 26, "alice") != generated_png("x" * 26, "bob")


def test_it_refuses_more_pixels_than_allowed(client_for: Any, alice: User) -> None:
    with config.override(**{"FileSettings.MaxImageResolution": 10_000}):
        reply = upload(client_for(alice), picture((101, 100)))
    assert (reply.status_code, reply.json()["id"]) == (
        400,
        "api.user.upload_profile_user.check_image_limits.app_error",
    )


def test_it_refuses_too_many_bytes(client_for: Any, alice: User) -> None:
    with config.override(**{"FileSettings.MaxFileSize": 10}):
        reply = upload(client_for(alice), picture())
    assert (reply.status_code, reply.json()["id"]) == (413, "api.user.upload_profile_user.too_large.app_error")


@pytest.mark.parametrize(
    ("content", "field", "error"),
    [
        (b"no picture", "image", "check_image_limits"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image", "check_image_limits"),
        (picture()[:60], "image", "check_image_limits"),
        (picture(), "picture", "no_file"),
    ],
)
def test_it_refuses_what_is_none(client_for: Any, alice: User, content: bytes, field: str, error: str) -> None:
    reply = upload(client_for(alice), content, field=field)
    assert (reply.status_code, reply.json()["id"]) == (400, f"api.user.upload_profile_user.{error}.app_error")


def test_it_refuses_what_is_no_form(client_for: Any, alice: User) -> None:
    reply = client_for(alice).post("/users/me/image", {"image": "x"})
    assert (reply.status_code, reply.json()["id"]) == (400, "api.user.upload_profile_user.parse.app_error")


def test_people_change_their_own_only(client_for: Any, alice: User, bob: User) -> None:
    assert upload(client_for(bob), picture(), alice.id).status_code == 403
    assert client_for(bob).delete(f"/users/{alice.id}/image").status_code == 403
