"""Pictures that people upload as icons: checked, cropped to a square, and written anew as PNG."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

PIXEL_LIMIT = 7680 * 4320  # a small file may decode to gigabytes
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")


class NotAPicture(ValueError):
    """The bytes are no picture of a known format, or one with too many pixels."""


def square_png(file: IO[bytes], size: int) -> bytes:
    """The middle of a picture as PNG of ``size`` × ``size`` pixels; NotAPicture when it is none.

    The result holds pixels only: nothing that was hidden in the upload survives.
    """
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > PIXEL_LIMIT:
                raise NotAPicture("too many pixels")
            upright = ImageOps.exif_transpose(picture) or picture
            icon = ImageOps.fit(upright.convert("RGBA"), (size, size), Image.Resampling.LANCZOS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise NotAPicture(str(error)) from error
    out = BytesIO()
    icon.save(out, "PNG")
    return out.getvalue()
