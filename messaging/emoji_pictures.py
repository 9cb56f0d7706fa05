"""The pictures of custom emoji: small ones stay as they were sent, larger ones are scaled down (semantics §8.4)."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageSequence, UnidentifiedImageError

from mattermost_site import config
from mattermost_site.errors import AppError

SIZE = 128  # pixels, both ways
LARGEST = 1028  # pixels that may be scaled down
BYTES_LIMIT = 512 * 1024
FORMATS = ("PNG", "JPEG", "GIF")
SIGNATURES = {b"\x89PNG": "image/png", b"GIF8": "image/gif", b"\xff\xd8\xff": "image/jpeg"}


def picture_path(emoji_id: str) -> str:
    """Where the picture of an emoji is in the file store, as the other server has it."""
    return f"emoji/{emoji_id}/image"


def media_type(picture: bytes) -> str:
    """What kind of picture stored bytes are."""
    kinds = (kind for signature, kind in SIGNATURES.items() if picture.startswith(signature))
    return next(kinds, "application/octet-stream")


def prepared(upload: bytes) -> bytes:
    """The picture to store: what was sent, or what it becomes in 128 × 128 pixels; a GIF keeps moving.

    Raises ``api.emoji.upload.image.app_error`` when it is no PNG, JPEG or GIF, and
    ``api.emoji.upload.large_image.too_large.app_error`` for one of more than 1028 pixels a side.
    """
    try:
        with Image.open(BytesIO(upload), formats=FORMATS) as image:
            if max(image.size) > LARGEST:
                raise AppError("api.emoji.upload.large_image.too_large.app_error")
            if max(image.size) <= SIZE:
                return upload
            return _scaled(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise AppError("api.emoji.upload.image.app_error") from error


def _scaled(image: Image.Image) -> bytes:
    frames = getattr(image, "n_frames", 1)
    if frames * image.width * image.height > config.current().file.max_image_resolution:
        raise ValueError("too many pixels in all frames")  # a small file may unpack to gigabytes
    out = BytesIO()
    if image.format != "GIF":
        _small(image).save(out, "PNG")
        return out.getvalue()
    first, *others = [_small(frame) for frame in ImageSequence.Iterator(image)]
    durations = [frame.info.get("duration", 0) for frame in ImageSequence.Iterator(image)]
    timing = {"duration": durations, "loop": image.info.get("loop", 0)} if others else {}
    first.save(out, "GIF", save_all=bool(others), append_images=others, disposal=2, **timing)
    return out.getvalue()


def _small(image: Image.Image) -> Image.Image:
    small = image.convert("RGBA")
    small.thumbnail((SIZE, SIZE), Image.Resampling.LANCZOS)
    return small
