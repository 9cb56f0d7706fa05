"""Names of uploaded files: what is kept of them, and that none leads out of its folder."""

from __future__ import annotations

from posixpath import basename, dirname

import pytest

from files.models import FileInfo
from files.names import clean_name, extension_of, stored_name
from messaging.models import Channel
from tests.cast import ApiClient
from tests.files.sending import body_of, sent, stored_files


@pytest.mark.parametrize(
    ("name", "kept", "extension"),
    [
        ("UPPER.TXT", "UPPER.TXT", "txt"),
        ("no_extension", "no_extension", ""),
        ("archive.tar.gz", "archive.tar.gz", "gz"),
        (".hidden", ".hidden", "hidden"),
        ("dot.", "dot.", ""),
        ("日本語.txt", "日本語.txt", "txt"),
        ("../../up/there.txt", "there.txt", "txt"),
        ("/etc/passwd", "passwd", ""),
        ("C:\\My Files\\a.doc", "a.doc", "doc"),
        ("..", "..", ""),
        ("", ".", ""),
        ("a\0b\r\nc.txt", "abc.txt", "txt"),
        ("folder/", "folder", ""),
    ],
)
def test_it_keeps_the_last_part_of_a_path(name: str, kept: str, extension: str) -> None:
    assert (clean_name(name), extension_of(clean_name(name))) == (kept, extension)


@pytest.mark.parametrize(
    "name", ["..", ".", "...", "../../../../etc/passwd", "..\\..\\boot.ini", "/root/x", "a/../../b"]
)
def test_it_stays_in_its_folder(writer: ApiClient, town_square: Channel, before: set[str], name: str) -> None:
    info = FileInfo.objects.get(id=sent(writer, town_square.id, name)["id"])
    assert dirname(info.path).endswith(info.id)
    assert basename(info.path) not in ("", ".", "..")
    assert stored_files() - before == {info.path}


@pytest.mark.parametrize("name", ["x" * 300 + ".txt", "日" * 300 + ".txt", "x." + "日" * 300, "é" * 256])
def test_it_takes_names_that_no_file_system_takes(writer: ApiClient, town_square: Channel, name: str) -> None:
    info = sent(writer, town_square.id, name)
    assert len(info["name"]) <= 256
    assert len(info["extension"]) <= 64
    assert body_of(writer.get(f"/files/{info['id']}")) == b"content"


def test_it_leaves_room_for_the_names_of_pictures() -> None:
    assert max(len(stored_name(sign * 256 + ".png").encode()) for sign in "xé日😀") <= 180


def test_it_keeps_the_extension_of_a_long_name() -> None:
    assert clean_name("x" * 300 + ".jpeg").endswith("x.jpeg")
