"""The small pictures of a picture: a program of its own, because what it reads comes from anybody.

``python -I files/rendering.py <most pixels>`` reads the picture on its standard input, which is
a file, and leaves in the folder that it runs in: ``thumbnail`` and ``preview`` (PNG of a PNG, else
JPEG), ``mini`` (JPEG), and ``about.json`` with ``width``, ``height``, ``format``; or, instead of
all that, ``about.json`` with ``"refused": "pixels"`` when the picture says that it has too many.
Anything else is no picture, and the program fails. It knows no settings and has no secrets.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from pathlib import Path
from typing import IO, Any

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
THUMBNAIL = (120, 100)  # pixels; the picture is made to fit, small ones are enlarged
PREVIEW_WIDTH = 1920  # pixels; what is narrower stays as it is
MINI = (16, 16)  # pixels
QUALITY = 90
MEMORY = 2 * 1024**3  # bytes of address space; 33 million pixels take a quarter of it
SECONDS = 20  # of processor time
LARGEST = 256 * 1024**2  # bytes of a file that is written
_PNG_HEAD = struct.Struct(">8s4x4sII")
_SIXTEEN_BITS = ("I", "I;16", "I;16B", "I;16L", "I;16N")

Picture = Any  # an Image.Image; its plugins have attributes of their own


class TooManyPixels(Exception):
    """The picture declares more pixels than are decoded."""


def main(most_pixels: int) -> None:
    """Render standard input into the current folder; raises when it is no picture."""
    _confine()
    with os.fdopen(0, "rb") as source:
        try:
            about = render(source, Path(), most_pixels)
        except TooManyPixels:
            about = {"refused": "pixels"}
    Path("about.json").write_text(json.dumps(about))


def _confine() -> None:
    """A decoder that goes astray costs this much and no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def render(source: IO[bytes], folder: Path, most_pixels: int) -> dict[str, Any]:
    """Write the pictures of ``source`` to ``folder``; answers what is known of it, turned as its camera said."""
    head = source.read(_PNG_HEAD.size)
    source.seek(0)
    if len(head) == _PNG_HEAD.size:
        signature, kind, width, height = _PNG_HEAD.unpack(head)
        if signature == b"\x89PNG\r\n\x1a\n" and kind == b"IHDR":
            _check(width, height, most_pixels)
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is unpacked
    with Image.open(source, formats=FORMATS) as opened:
        _check(opened.width, opened.height, most_pixels)
        size, form = upright_size(opened), opened.format
        shrink_while_decoding(opened)
        upright = drawable(ImageOps.exif_transpose(opened))
    as_png = form == "PNG"
    preview = _scaled(upright, preview_size(*size))
    _save(preview, folder / "preview", as_png=as_png)
    _save(_scaled(preview, thumbnail_size(*size)), folder / "thumbnail", as_png=as_png)
    _save(_scaled(preview, MINI), folder / "mini", as_png=False)
    return {"width": size[0], "height": size[1], "format": form}


def _check(width: int, height: int, most_pixels: int) -> None:
    if width * height > most_pixels:
        raise TooManyPixels


def upright_size(picture: Picture) -> tuple[int, int]:
    """Width and height as people see them: orientations from 5 on lie on their side."""
    sideways = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (picture.height, picture.width) if sideways else (picture.width, picture.height)


def shrink_while_decoding(picture: Picture) -> None:
    """Have a large JPEG decoded at an eighth to a half of its size: that is quicker, and takes less memory."""
    longest = max(picture.size)
    if picture.format != "PNG" and longest > 2 * PREVIEW_WIDTH and min(picture.size) > PREVIEW_WIDTH:
        picture.draft("RGB", (PREVIEW_WIDTH, PREVIEW_WIDTH))


def drawable(picture: Picture) -> Picture:
    """The picture in colours that can be scaled: RGB or RGBA."""
    if picture.mode in _SIXTEEN_BITS:
        picture = picture.point(lambda level: level / 256).convert("L")
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if has_alpha else "RGB")


def preview_size(width: int, height: int) -> tuple[int, int]:
    """At most ``PREVIEW_WIDTH`` wide, in the same proportions."""
    if width <= PREVIEW_WIDTH:
        return width, height
    return PREVIEW_WIDTH, _rounded(height * PREVIEW_WIDTH / width)


def thumbnail_size(width: int, height: int) -> tuple[int, int]:
    """As large as fits into ``THUMBNAIL``, in the same proportions."""
    if width * THUMBNAIL[1] < height * THUMBNAIL[0]:
        return _rounded(width * THUMBNAIL[1] / height), THUMBNAIL[1]
    return THUMBNAIL[0], _rounded(height * THUMBNAIL[0] / width)


def _rounded(side: float) -> int:
    return max(1, int(side + 0.5))


def _scaled(picture: Picture, size: tuple[int, int]) -> Picture:
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _save(picture: Picture, path: Path, *, as_png: bool) -> None:
    if as_png:
        picture.save(path, "PNG")
        return
    if picture.mode == "RGBA":  # JPEG has no transparency; on paper, what is see-through is white
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    picture.save(path, "JPEG", quality=QUALITY)


if __name__ == "__main__":
    main(int(sys.argv[1]))
