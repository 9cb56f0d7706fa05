"""What profile pictures look like: uploads cut to a square, generated ones with an initial."""

from __future__ import annotations

import io
import zlib
from functools import cache
from typing import IO

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from mattermost_site import config
from mattermost_site.errors import AppError

SIZE = 128  # pixels, both ways
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
INITIAL_SIZE = 72  # pixels
COLOURS = (
    "#2f6f9f", "#7a5195", "#b0476a", "#c05a2b", "#8a7a1f", "#3f7d3a", "#1f7f78", "#4a5fb5",
    "#9a4fb0", "#b23b3b", "#a06a1c", "#5b8a2a", "#2a8a63", "#2b7fae", "#6a5acd", "#a8447f",
)  # fmt: skip


def picture_path(user_id: str) -> str:
    """Where an uploaded picture is in the file store, as the other server has it."""
    return f"users/{user_id}/profile.png"


def square_png(upload: IO[bytes]) -> bytes:
    """The middle of a picture as a PNG of 128 × 128, turned as its camera said.

    ``api.user.upload_profile_user.check_image_limits.app_error`` when it is no picture,
    or has more pixels than ``FileSettings.MaxImageResolution``: a small file can unpack
    to gigabytes, so the size is read before anything is unpacked.
    """
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if image.width * image.height > config.current().file.max_image_resolution:
                raise _unusable()
            image.draft("RGB", (SIZE, SIZE))
            turned = ImageOps.exif_transpose(image.convert("RGBA"))
            return _png(ImageOps.fit(turned, (SIZE, SIZE), Image.Resampling.LANCZOS))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _unusable() from error


def generated_png(user_id: str, username: str) -> bytes:
    """The picture of somebody who has none: the first letter on a colour that depends on the id."""
    return _initial(username[:1].upper() or "?", COLOURS[zlib.crc32(user_id.encode()) % len(COLOURS)])


@cache
def _initial(letter: str, colour: str) -> bytes:
    image = Image.new("RGB", (SIZE, SIZE), colour)
    font = ImageFont.load_default(INITIAL_SIZE)
    ImageDraw.Draw(image).text((SIZE / 2, SIZE / 2), letter, fill="white", font=font, anchor="mm")
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _unusable() -> AppError:
    return AppError("api.user.upload_profile_user.check_image_limits.app_error")
