"""What an index has to be able to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from messaging.search.documents import Document
from messaging.search.expressions import Grammar


class Row(Protocol):
    """Makes the values of a document's row."""

    def __call__(self, document: Document) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """An index in the database.

    ``columns`` of ``site_postsearch`` are filled by ``placeholders`` with the values of ``row``.
    ``matching`` is a statement with one parameter, an expression of ``grammar``, for the ids
    of the posts (``s.post_id``) that match; more conditions may follow it.
    """

    columns: Sequence[str]
    placeholders: Sequence[str]
    row: Row
    grammar: Grammar
    matching: str
