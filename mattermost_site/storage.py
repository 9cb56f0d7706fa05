"""The file store: a folder or an S3 bucket, as ``FileSettings`` says, with the paths that the other server uses.

Writing, deleting and looking go through Django's ``default_storage``. Reading for a
client goes through ``read_chunks``, which holds one piece of the file at a time in either store.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import IO, Any

from django.core.files.storage import storages

from mattermost_site.config.sections.files import FileSettings

CHUNK = 256 * 1024  # bytes that are read at a time


def storage_settings(file: FileSettings) -> dict[str, Any]:
    """The entry of ``STORAGES`` for the file store."""
    if file.driver_name == "amazons3":
        from mattermost_site.s3 import s3_options

        return {"BACKEND": "mattermost_site.s3.S3Store", "OPTIONS": s3_options(file)}
    options = {"location": file.directory, "allow_overwrite": True}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


class Stored:
    """One file of the store, opened for reading; ``size`` in bytes. FileNotFoundError when there is none."""

    def __init__(self, path: str) -> None:
        self._store: Any = storages["default"]
        self.path = path

    @cached_property
    def size(self) -> int:
        """How long the file is, which also tells that it is there."""
        size: int = self._store.size(self.path)
        return size

    def chunks(self, start: int, length: int) -> Iterator[bytes]:
        """``length`` bytes from ``start`` on, in pieces of at most ``CHUNK`` bytes."""
        if not length:
            return iter(())
        stream = getattr(self._store, "open_range", None)
        file: IO[bytes] = stream(self.path, start, length) if stream else self._store.open(self.path)
        if stream is None:
            file.seek(start)
        return _pieces(file, length)


def _pieces(file: IO[bytes], length: int) -> Iterator[bytes]:
    try:
        while length and (piece := file.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece
    finally:
        file.close()
