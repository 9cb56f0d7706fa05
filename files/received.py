"""Bodies of requests on their way into the store: kept in temporary files, a piece at a time in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

from files.names import clean_name
from mattermost_site.errors import AppError

PIECE = 64 * 1024  # bytes that are copied at a time
IN_MEMORY = 64 * 1024  # bytes of a file that stay in memory; what is longer goes to a temporary file


class Readable(Protocol):
    """A request, or a part of one."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Received:
    """A file that a client has sent: the name it gave, cleaned, the content, and its size in bytes."""

    name: str
    content: IO[bytes]
    size: int


class TooLarge(AppError):
    """A file is larger than ``FileSettings.MaxFileSize``."""

    id = "api.file.upload_file.too_large_detailed.app_error"
    status = 413

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(params={"Filename": name, "Limit": limit})


class Unreadable(AppError):
    """The body is empty, malformed or cut off."""

    id = "api.file.upload_file.read_request.app_error"


def pieces_of(source: Readable) -> Iterator[bytes]:
    """What is left of a stream, in pieces."""
    while piece := source.read(PIECE):
        yield piece


def temporary_file(stack: ExitStack) -> IO[bytes]:
    """An empty file that is gone when ``stack`` closes."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the stack closes it
    return stack.enter_context(file)


def receive(source: Readable, name: str, limit: int, stack: ExitStack) -> Received:
    """Copy a stream to a temporary file that lives as long as ``stack``; TooLarge beyond ``limit`` bytes."""
    name, size = clean_name(name), 0
    file = temporary_file(stack)
    for piece in pieces_of(source):
        size += len(piece)
        if size > limit:
            raise TooLarge(name, limit)
        file.write(piece)
    file.seek(0)
    return Received(name, file, size)
