"""Multipart forms with their parts in the order in which they were sent.

Django's ``request.FILES`` forgets how fields and files were mixed, which this API's rules
for uploads depend on (recorded: a client id after its file is refused), and Django reads
what was cut off as if it were whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from django.http import HttpRequest
from django.http.multipartparser import FIELD, FILE, ChunkIter, LazyStream, MultiPartParserError, Parser
from django.utils.encoding import force_str
from django.utils.http import parse_header_parameters

from files.received import PIECE, Readable, Received, Unreadable, receive
from mattermost_site import config

MOST_PARTS = 200
LONGEST_FIELD = 64 * 1024  # bytes
_LONGEST_BOUNDARY = 200  # bytes; RFC 2046 allows 70

Part = tuple[str, str | Received]


def is_form(request: HttpRequest) -> bool:
    """Whether the body is a multipart form."""
    return str(request.META.get("CONTENT_TYPE", "")).lower().startswith("multipart/")


def parts_of(request: HttpRequest, stack: ExitStack) -> list[Part]:
    """The fields and files of a form: name, and text or what was received. Files live as long as ``stack``.

    Raises Unreadable when it is malformed or cut off, TooLarge when a file is too large.
    """
    boundary = _boundary(request)
    stream = _Ended(request, b"--" + boundary + b"--")
    try:
        parts = list(_parts(stream, boundary, stack))
    except (MultiPartParserError, UnicodeDecodeError) as error:
        raise Unreadable(detailed=str(error)) from error
    if not stream.has_ended:
        raise Unreadable(detailed="the form is cut off")
    return parts


class _Ended:
    """Hands a stream on and remembers whether ``mark`` was at its end, but for a line break."""

    def __init__(self, source: Readable, mark: bytes) -> None:
        self._source, self._mark, self._tail = source, mark, b""

    def read(self, size: int = PIECE, /) -> bytes:
        piece = self._source.read(size)
        self._tail = (self._tail + piece)[-len(self._mark) - 64 :]
        return piece

    @property
    def has_ended(self) -> bool:
        """Whether the form is complete."""
        while self.read(PIECE):
            continue
        return self._mark in self._tail


def _boundary(request: HttpRequest) -> bytes:
    _, parameters = parse_header_parameters(request.META.get("CONTENT_TYPE", ""))
    boundary = parameters.get("boundary", "")
    if not boundary.isascii() or not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise Unreadable(detailed="no boundary")
    return boundary.encode()


def _parts(stream: _Ended, boundary: bytes, stack: ExitStack) -> Iterator[Part]:
    limit = config.current().file.max_file_size
    # Django types the stream as a request, but only reads it.
    pieces = ChunkIter(stream, PIECE)  # type: ignore[arg-type]
    for number, (kind, about, content) in enumerate(Parser(LazyStream(pieces), boundary)):
        if number > MOST_PARTS:
            raise Unreadable(detailed="too many parts")
        if kind not in (FIELD, FILE):  # what stands before the first boundary and after the last
            continue
        _, parameters = about["content-disposition"]
        name = force_str(parameters.get("name", b""))
        if kind == FILE:
            yield name, receive(content, force_str(parameters["filename"]), limit, stack)
        else:
            yield name, _text(content)


def _text(content: Readable) -> str:
    value = content.read(LONGEST_FIELD + 1)
    if len(value) > LONGEST_FIELD or b"\0" in value:
        raise Unreadable(detailed="a field is too long, or no text")
    return value.decode()
