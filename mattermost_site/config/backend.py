"""What a place for the configuration has to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

Document = dict[str, Any]  # the JSON object, unknown keys included
Change = Callable[[Document | None], Document]  # may change what it is given; None when there is nothing yet


class Backend(Protocol):
    """A place where the document is kept.

    ``fixed`` are values that the place itself sets, by dotted name. ``embeds`` says whether
    a first document is that of the embedded installation.
    """

    fixed: Mapping[str, Any]
    embeds: bool

    def read(self) -> Document | None:
        """The document, None when there is none. ConfigError when it cannot be read."""

    def update(self, change: Change, *, author_id: str = "") -> Document:
        """Read, change and keep in one turn that other processes respect; returns the document.

        Nothing is written when nothing changes or ``change`` raises. ConfigError when the
        place cannot be written.
        """
