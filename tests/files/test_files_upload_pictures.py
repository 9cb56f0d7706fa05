"""Pictures that are uploaded: previews of the good ones, and what the bad ones cannot do."""

from __future__ import annotations

import base64
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from files import pictures
from files.models import FileInfo
from files.rendering import preview_size, thumbnail_size
from mattermost_site import config
from messaging.models import Channel
from tests.cast import ApiClient
from tests.files.sending import body_of, error_of, opened, paths_of, picture, send, sent, stored_files

LARGE = "api.file.upload_file.large_image_detailed.app_error"
HTML = b"<html><script>alert(document.cookie)</script></html>"
NO_PICTURES = (b"this is no picture", b"", b"\x89PNG\r\n\x1a\n" + b"\xff" * 99, picture()[:90], HTML)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to ``width`` × ``height`` bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * (width + 1)) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def small(client: ApiClient, info: dict[str, Any], kind: str) -> Image.Image:
    return opened(body_of(client.get(f"/files/{info['id']}/{kind}")))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "WEBP", "TIFF"])
def test_it_has_a_preview_at_once(writer: ApiClient, town_square: Channel, kind: str) -> None:
    info = sent(writer, town_square.id, f"a.{kind.lower()}", picture((300, 200), kind))
    assert (info["width"], info["height"], info["has_preview_image"]) == (300, 200, True)
    assert small(writer, info, "thumbnail").size == (120, 80)
    assert small(writer, info, "preview").size == (300, 200)
    assert opened(base64.b64decode(info["mini_preview"])).size == (16, 16)


def test_it_shows_an_animation_itself(writer: ApiClient, town_square: Channel) -> None:
    info = sent(writer, town_square.id, "a.gif", picture((60, 20), "GIF"))
    assert "has_preview_image" not in info
    assert small(writer, info, "thumbnail").size == (120, 40)


@pytest.mark.parametrize(
    ("size", "thumbnail", "preview"),
    [
        ((1, 1), (100, 100), (1, 1)),
        ((2400, 300), (120, 15), (1920, 240)),
        ((90, 1000), (9, 100), (90, 1000)),
        ((20, 60), (33, 100), (20, 60)),
        ((100_000, 1), (120, 1), (1920, 1)),
        ((1, 100_000), (1, 100), (1, 100_000)),
    ],
)
def test_it_keeps_proportions(size: tuple[int, int], thumbnail: tuple[int, int], preview: tuple[int, int]) -> None:
    assert (thumbnail_size(*size), preview_size(*size)) == (thumbnail, preview)


def test_it_turns_pictures_as_the_camera_says(writer: ApiClient, town_square: Channel) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    info = sent(writer, town_square.id, "a.jpg", picture((200, 100), "JPEG", exif=exif))
    assert (info["width"], info["height"]) == (100, 200)
    assert small(writer, info, "preview").size == (100, 200)


def test_it_leaves_out_of_previews_where_a_picture_was_taken(writer: ApiClient, town_square: Channel) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker of cameras"
    info = sent(writer, town_square.id, "a.jpg", picture((200, 100), "JPEG", exif=exif))
    assert dict(small(writer, info, "preview").getexif()) == {}


def test_it_keeps_what_is_transparent(writer: ApiClient, town_square: Channel, tmp_path: Path) -> None:
    Image.new("RGBA", (30, 20), (255, 0, 0, 0)).save(tmp_path / "a.png")
    info = sent(writer, town_square.id, "a.png", (tmp_path / "a.png").read_bytes())
    assert small(writer, info, "preview").getpixel((5, 5)) == (255, 0, 0, 0)


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        (b'<svg width="120" height="80"/>', (120, 80)),
        (b"<?xml version='1.0'?>\n<svg height = '7px' width='9.5'></svg>", (9, 7)),
        (b'<svg viewBox="0 0 24 48" width="100%"></svg>', (24, 48)),
        (b"<svg></svg>", None),
        (b'<svg stroke-width="1" line-height="2"/>', None),
        (b'<svg width="1e9999" height="1"/>', None),
        (b'<!DOCTYPE svg [<!ENTITY a "' + b"x" * 70_000 + b'">]><svg width="1" height="1"/>', None),
        (b"<svg " + b"x " * 5000 + b'width="1" height="1">', None),
    ],
)
def test_it_reads_the_size_that_an_svg_gives_itself(
    writer: ApiClient, town_square: Channel, svg: bytes, size: tuple[int, int] | None
) -> None:
    info = sent(writer, town_square.id, "a.svg", svg)
    assert ((info["width"], info["height"]) if "width" in info else None) == size
    assert "has_preview_image" not in info


@pytest.mark.parametrize(
    "content", [b"this is no picture", b"", b"\x89PNG\r\n\x1a\n" + b"\xff" * 99, picture()[:90], HTML]
)
def test_it_takes_what_is_no_picture_as_a_file(
    writer: ApiClient, town_square: Channel, before: set[str], content: bytes
) -> None:
    info = sent(writer, town_square.id, "a.png", content)
    assert "width" not in info
    assert info["mini_preview"] is None
    assert stored_files() - before == {FileInfo.objects.get(id=info["id"]).path}
    assert error_of(writer.get(f"/files/{info['id']}/preview"))[0] == 400
    assert error_of(writer.get(f"/files/{info['id']}/thumbnail"))[0] == 400


def test_it_draws_nothing_of_other_files(writer: ApiClient, town_square: Channel) -> None:
    assert "width" not in sent(writer, town_square.id, "a.txt", picture())


def test_it_serves_no_page_that_hides_behind_a_picture(writer: ApiClient, town_square: Channel) -> None:
    info = sent(writer, town_square.id, "a.png", picture() + HTML)
    reply = writer.get(f"/files/{info['id']}")
    assert (reply.headers["Content-Type"], reply.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert HTML not in body_of(writer.get(f"/files/{info['id']}/preview"))


@pytest.mark.parametrize("content", [bomb(40_000, 40_000)[:5000], bomb(6000, 6000)])
def test_it_unpacks_no_bomb(writer: ApiClient, town_square: Channel, before: set[str], content: bytes) -> None:
    assert error_of(send(writer, town_square.id, "a.png", content)) == (400, LARGE)
    assert (stored_files(), FileInfo.objects.count()) == (before, 0)


def test_it_counts_pixels_as_the_setting_says(writer: ApiClient, town_square: Channel) -> None:
    with config.override(**{"FileSettings.MaxImageResolution": 100}):
        assert error_of(send(writer, town_square.id, "a.jpg", picture((11, 10), "JPEG"))) == (400, LARGE)
        assert send(writer, town_square.id, "a.jpg", picture((10, 10), "JPEG")).status_code == 201


def test_it_gives_up_a_picture_that_takes_too_long(
    writer: ApiClient, town_square: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.001)
    assert "has_preview_image" not in sent(writer, town_square.id, "a.png", picture())


def test_it_draws_without_our_secrets(
    writer: ApiClient, town_square: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program.py"
    checks = "assert set(os.environ) <= {'LC_CTYPE'}"  # which Python itself sets
    program.write_text(f"import os; {checks}; open('about.json', 'w').write('{{\"refused\": \"pixels\"}}')")
    monkeypatch.setattr(pictures, "PROGRAM", program)
    monkeypatch.setenv("MM_SQLSETTINGS_DATASOURCE", "secret")
    assert error_of(send(writer, town_square.id, "a.png", picture())) == (400, LARGE)


def test_it_draws_with_little_memory(tmp_path: Path) -> None:
    greedy = "from files import rendering; rendering._confine(); bytearray(rendering.MEMORY)"
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr


def test_it_stores_the_pictures_beside_the_file(writer: ApiClient, town_square: Channel, before: set[str]) -> None:
    info = FileInfo.objects.get(id=sent(writer, town_square.id, "My photo.JPEG", picture((9, 9), "JPEG"))["id"])
    stem = info.path.removesuffix(".JPEG")
    assert (info.thumbnail_path, info.preview_path) == (f"{stem}_thumb.jpg", f"{stem}_preview.jpg")
    assert stored_files() - before == paths_of([info])
