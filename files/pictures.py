"""Pictures that are uploaded: their size, and the small ones that are shown in their place."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

from files import rendering
from mattermost_site import config

PROGRAM = Path(rendering.__file__)
SECONDS = 30  # that drawing may take by the clock; the program limits its own processor time
SVG_HEAD = 64 * 1024  # bytes in which the first element of an SVG has to begin and end
LONGEST_SIDE = 1_000_000  # pixels that an SVG may claim
_SVG = re.compile(rb"<svg\b([^>]{0,8192})>", re.IGNORECASE)
_LENGTH = rb"""\s%s\s*=\s*["']\s*(\d{1,7}(?:\.\d{1,9})?)\s*(?:px)?\s*["']"""
_WIDTH, _HEIGHT = (re.compile(_LENGTH % side, re.IGNORECASE) for side in (b"width", b"height"))
_VIEW_BOX = re.compile(
    rb"""\sviewBox\s*=\s*["']\s*[-\d.]{1,16}[\s,]{1,4}[-\d.]{1,16}[\s,]{1,4}([\d.]{1,16})[\s,]{1,4}([\d.]{1,16})\s*["']""",
    re.IGNORECASE,
)

logger = logging.getLogger(__name__)


class TooManyPixels(ValueError):
    """A picture has more pixels than ``FileSettings.MaxImageResolution``."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn of a picture: its width and height in pixels, its format, and where the small ones are."""

    width: int
    height: int
    format: str
    thumbnail: Path
    preview: Path
    mini: bytes

    @property
    def is_animation(self) -> bool:
        """Whether clients show the file itself, for the preview does not move."""
        return self.format == "GIF"


@contextmanager
def drawn(source: IO[bytes]) -> Iterator[Drawn | None]:
    """The small pictures of a picture, while the block runs; None when it is no picture.

    ``source`` must be a file of the system. Decoders of pictures are written in C and read
    what strangers send, so they run in a process of their own (``files.rendering``) with
    little memory and time and without our environment. TooManyPixels as the setting says.
    """
    with tempfile.TemporaryDirectory(prefix="picture-") as name:
        yield _draw(source, Path(name))


def _draw(source: IO[bytes], folder: Path) -> Drawn | None:
    source.seek(0)
    os.lseek(source.fileno(), 0, os.SEEK_SET)
    command = [sys.executable, "-I", str(PROGRAM), str(config.current().file.max_image_resolution)]
    try:
        with _turns():
            done = subprocess.run(  # noqa: S603 - our own program; the picture is its input, no argument
                command, stdin=source.fileno(), capture_output=True, cwd=folder, env={}, timeout=SECONDS, check=False
            )
    except subprocess.TimeoutExpired:
        logger.warning("a picture took more than %s seconds to draw and gets no preview", SECONDS)
        return None
    if done.returncode:
        logger.info("no preview of a picture: %s", done.stderr.decode(errors="replace")[-300:])
        return None
    about = json.loads((folder / "about.json").read_text())
    if "refused" in about:
        raise TooManyPixels
    small = {kind: folder / kind for kind in ("thumbnail", "preview")}
    return Drawn(about["width"], about["height"], about["format"], mini=(folder / "mini").read_bytes(), **small)


@cache
def _turns() -> BoundedSemaphore:
    """So many pictures are drawn at a time: ``MaxImageDecoderConcurrency``, or one for each processor."""
    wanted = config.current().file.max_image_decoder_concurrency
    return BoundedSemaphore(wanted if wanted > 0 else os.cpu_count() or 1)


def svg_size(source: IO[bytes]) -> tuple[int, int]:
    """Width and height that an SVG gives itself, in pixels; zeros when it says nothing of them.

    Only its first tag is looked at, as text: no entity is expanded and nothing is fetched.
    """
    source.seek(0)
    found = _SVG.search(source.read(SVG_HEAD))
    if found is None:
        return 0, 0
    tag = b" " + found[1]
    sides = [match[1] for pattern in (_WIDTH, _HEIGHT) if (match := pattern.search(tag))]
    if len(sides) < 2 and (box := _VIEW_BOX.search(tag)):
        sides = [box[1], box[2]]
    if len(sides) < 2:
        return 0, 0
    return _pixels(sides[0]), _pixels(sides[1])


def _pixels(text: bytes) -> int:
    try:
        return min(int(float(text)), LONGEST_SIDE)
    except ValueError:
        return 0
