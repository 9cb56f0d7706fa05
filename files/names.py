"""Names of files: what people called them, and what they are called in the store."""

from __future__ import annotations

import re
from posixpath import splitext

LONGEST = 256  # code points of a name that are kept
LONGEST_STORED = 180  # bytes: file systems take 255, and pictures of a file have longer names than it
LONGEST_EXTENSION = 64  # code points

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_FOLDERS = re.compile(r"[/\\]")


def clean_name(name: str) -> str:
    """The last part of a path, without control characters; ``.`` when nothing is left.

    Some browsers send the whole path of a file on its owner's machine; and nobody
    chooses a folder of the store by a name with ``../`` in it.
    """
    last = _FOLDERS.split(_CONTROLS.sub("", name).rstrip("/\\"))[-1].strip()
    return shortened(last, LONGEST) or "."


def extension_of(name: str) -> str:
    """What follows the last dot, in lower case: ``gz`` for archive.tar.gz, ``hidden`` for .hidden."""
    _, dot, extension = name.rpartition(".")
    return extension.lower()[:LONGEST_EXTENSION] if dot else ""


def shortened(name: str, limit: int) -> str:
    """A name with at most ``limit`` code points; its extension survives if it is a usual one."""
    if len(name) <= limit:
        return name
    stem, extension = splitext(name)
    extension = extension if len(extension) < limit // 4 else ""
    return stem[: limit - len(extension)] + extension


def stored_name(name: str) -> str:
    """What a file is called in its folder of the store: its own name, as far as file systems take it."""
    if not name.strip("."):
        return "file"
    stem, extension = splitext(name)
    extension = extension if len(extension.encode()) < LONGEST_STORED // 4 else ""
    room = LONGEST_STORED - len(extension.encode())
    return stem.encode()[:room].decode(errors="ignore") + extension
