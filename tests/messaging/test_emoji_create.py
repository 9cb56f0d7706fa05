"""Making custom emoji, and their pictures."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from accounts.models import Role, User
from accounts.permissions import forget_role
from mattermost_site import config
from mattermost_site.realtime.events import Event
from messaging.models import Emoji
from tests.cast import ApiClient
from tests.messaging.writer import BAD_BODY, NO_RIGHT, SOME_ID, carried, named, read, refusal

TOO_LARGE = "api.emoji.create.too_large.app_error"
NO_PICTURE = "api.emoji.upload.image.app_error"


def picture(width: int = 20, height: int = 20, kind: str = "PNG", frames: int = 1) -> bytes:
    """A picture of changing colours."""
    out = BytesIO()
    images = [Image.new("RGB", (width, height), (number * 40, 90, 200)) for number in range(frames)]
    options = {"save_all": True, "append_images": images[1:], "duration": 70, "loop": 0} if frames > 1 else {}
    images[0].save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def bobs(client_for: Callable[[User | None], ApiClient], bob: User) -> ApiClient:
    """bob, who may make emoji as everybody may."""
    return client_for(bob)


def create(client: ApiClient, name: str = "party_parrot", content: bytes | None = None, **fields: Any) -> Any:
    assert client.user is not None
    emoji = orjson.dumps({"name": name, "creator_id": client.user.id} | fields).decode()
    upload = SimpleUploadedFile("e.png", picture() if content is None else content)
    return submit(client, {"emoji": emoji, "image": upload})


def submit(client: ApiClient, form: dict[str, Any]) -> Any:
    return client.request("POST", "/emoji", data=encode_multipart(BOUNDARY, form), content_type=MULTIPART_CONTENT)


def shown(client: ApiClient, emoji: Any) -> Any:
    return client.get(f"/emoji/{emoji['id']}/image")


def test_it_makes_one(bobs: ApiClient, bob: User) -> None:
    answer = create(bobs)
    assert (answer.status_code, read(answer)["name"], read(answer)["creator_id"]) == (200, "party_parrot", bob.id)


def test_it_tells_everybody(bobs: ApiClient, events: list[Event]) -> None:
    create(bobs)
    (event,) = named(events, "emoji_added")
    assert (carried(event, "emoji")["name"], event.audience.user_id) == ("party_parrot", "")


def test_it_takes_no_fields_that_clients_cannot_set(bobs: ApiClient) -> None:
    emoji = read(create(bobs, id=SOME_ID, create_at=5))
    assert (emoji["id"] == SOME_ID, emoji["create_at"] == 5) == (False, False)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "model.emoji.name.app_error"),
        ("with space", "model.emoji.name.app_error"),
        ("é", "model.emoji.name.app_error"),
        ("line\n", "model.emoji.name.app_error"),
        ("x" * 65, "model.emoji.name.app_error"),
        ("smile", "model.emoji.system_emoji_name.app_error"),
        ("+1", "model.emoji.system_emoji_name.app_error"),
    ],
)
def test_it_refuses_names(bobs: ApiClient, name: str, error: str) -> None:
    assert refusal(create(bobs, name)) == (400, error)


def test_it_refuses_a_taken_name(bobs: ApiClient) -> None:
    create(bobs)
    assert refusal(create(bobs)) == (400, "api.emoji.create.duplicate.app_error")


def test_it_makes_none_for_somebody_else(bobs: ApiClient, alice: User) -> None:
    assert refusal(create(bobs, creator_id=alice.id)) == (403, "api.emoji.create.other_user.app_error")


def test_it_needs_the_right(bobs: ApiClient) -> None:
    Role.objects.filter(name="system_user").update(permissions="")
    forget_role("system_user")
    assert refusal(create(bobs)) == (403, NO_RIGHT)


@pytest.mark.parametrize("content", [b"", b"no picture", b"<svg/>", picture(kind="BMP"), picture(200, 200)[:90]])
def test_it_refuses_what_is_no_picture(bobs: ApiClient, content: bytes) -> None:
    assert refusal(create(bobs, content=content)) == (400, NO_PICTURE)
    assert not Emoji.objects.exists()


@pytest.mark.parametrize("size", [(1029, 10), (10, 1029)])
def test_it_refuses_pictures_of_too_many_pixels(bobs: ApiClient, size: tuple[int, int]) -> None:
    answer = create(bobs, content=picture(*size))
    assert refusal(answer) == (400, "api.emoji.upload.large_image.too_large.app_error")


def test_it_refuses_too_many_pixels_in_all_frames(bobs: ApiClient) -> None:
    with config.override(**{"FileSettings.MaxImageResolution": 200 * 200 * 2}):
        answer = create(bobs, content=picture(200, 200, "GIF", frames=3))
    assert refusal(answer) == (400, NO_PICTURE)


@pytest.mark.parametrize("size", [512 * 1024 + 1, 600_000])
def test_it_refuses_too_many_bytes(bobs: ApiClient, size: int) -> None:
    assert refusal(create(bobs, content=picture().ljust(size, b"\0"))) == (413, TOO_LARGE)


def test_it_keeps_small_pictures_as_they_are(bobs: ApiClient) -> None:
    content = picture(128, 128)
    assert shown(bobs, read(create(bobs, content=content))).content == content


def test_it_scales_larger_ones_down(bobs: ApiClient) -> None:
    answer = shown(bobs, read(create(bobs, content=picture(300, 150, "JPEG"))))
    assert (answer["Content-Type"], Image.open(BytesIO(answer.content)).size) == ("image/png", (128, 64))


def test_it_keeps_moving_pictures_moving(bobs: ApiClient) -> None:
    answer = shown(bobs, read(create(bobs, content=picture(300, 150, "GIF", frames=3))))
    small: Any = Image.open(BytesIO(answer.content))
    assert (answer["Content-Type"], small.size, small.n_frames, small.info["duration"]) == (
        "image/gif", (128, 64), 3, 70,
    )  # fmt: skip


def test_it_lets_the_picture_be_kept(bobs: ApiClient) -> None:
    assert shown(bobs, read(create(bobs)))["Cache-Control"] == "max-age=2592000, private"


def test_it_shows_pictures_to_nobody_outside(bobs: ApiClient, client_for: Callable[..., ApiClient]) -> None:
    assert shown(client_for(None), read(create(bobs))).status_code == 401


@pytest.mark.parametrize(
    "form", [{}, {"emoji": "{nonsense"}, {"emoji": "[]"}, {"emoji": '{"name": "party_parrot", "creator_id": "%s"}'}]
)
def test_it_needs_all_of_the_form(bobs: ApiClient, bob: User, form: dict[str, str]) -> None:
    filled = {key: value.replace("%s", bob.id) for key, value in form.items()}
    assert refusal(submit(bobs, filled)) == (400, BAD_BODY)


def test_it_needs_a_form(bobs: ApiClient, bob: User) -> None:
    answer = bobs.post("/emoji", {"name": "party_parrot", "creator_id": bob.id})
    assert refusal(answer) == (400, "api.emoji.create.parse.app_error")


def test_it_can_be_switched_off(bobs: ApiClient) -> None:
    with config.override(**{"ServiceSettings.EnableCustomEmoji": False}):
        assert refusal(create(bobs)) == (501, "api.emoji.disabled.app_error")
