"""A row of the other server's database held against what our API says of it."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row

from tests.adoption.live import FILES

Row = dict[str, Any]
PAGE = 200  # the most that lists answer at once
ALIVE = "WHERE deleteat = 0"


@dataclass(frozen=True, slots=True)
class Adopted:
    """A server on the database that was taken over, asked as the system admin, and the database as it was left."""

    client: httpx.Client
    left_behind: str

    def rows(self, query: str) -> list[Row]:
        """Rows as the other server left them; ``query`` is a table's name and what may follow it."""
        with psycopg.connect(self.left_behind, row_factory=dict_row) as connection:
            statement = f"SELECT * FROM {query}"  # noqa: S608 - written in these tests
            return connection.execute(statement.encode()).fetchall()

    def get(self, path: str, **query: Any) -> Any:
        """The JSON that a path below /api/v4 answers; AssertionError unless it is 200."""
        return self._ok(path, query).json()

    def content(self, path: str) -> bytes:
        """The bytes that a path below /api/v4 answers."""
        return self._ok(path, {}).content

    def pages(self, path: str, **query: Any) -> Iterator[Any]:
        """The items of all pages of a list."""
        for number in range(1000):
            page = self.get(path, page=number, per_page=PAGE, **query)
            yield from page
            if len(page) < PAGE:
                return

    def _ok(self, path: str, query: Mapping[str, Any]) -> httpx.Response:
        answer = self.client.get(path, params=query)
        assert answer.status_code == 200, f"{path} {query}: {answer.status_code} {answer.text[:300]}"
        return answer


def archived_files() -> dict[str, bytes]:
    """The files that the other server left, by path in the store."""
    with tarfile.open(FILES) as archive:
        members = ((member, archive.extractfile(member)) for member in archive if member.isfile())
        return {member.name.removeprefix("./"): file.read() for member, file in members if file}


def differences(
    answers: Iterable[Row], rows: Iterable[Row], *, key: str = "id", hidden: Iterable[str] = (), **names: str
) -> list[str]:
    """Where answers and rows differ: what is missing, what is too much, and each value that is not the table's.

    Both are matched by ``key`` (columns with spaces between). Every column has to be found
    under its name, underscores aside, or under the one that ``names`` gives, unless it is
    ``hidden``. What is empty on one side may be absent on the other.
    """
    columns = key.split()
    stored = {tuple(row[column] for column in columns): row for row in rows}
    found = {}
    for answer in answers:
        shown = {name.replace("_", ""): value for name, value in answer.items()}
        shown |= {column: answer.get(name) for column, name in names.items()}
        found[tuple(shown[column] for column in columns)] = shown
    out = [f"{id_} is missing" for id_ in stored.keys() - found.keys()]
    out += [f"{id_} is not in the table" for id_ in found.keys() - stored.keys()]
    for id_ in stored.keys() & found.keys():
        out += _values(id_, stored[id_], found[id_], set(hidden))
    return out


def _values(id_: object, row: Row, shown: Row, hidden: set[str]) -> list[str]:
    pairs = {column: (_plain(value, shown.get(column)), shown.get(column)) for column, value in row.items()}
    return [
        f"{id_} {column}: the table has {stored!r}, the API {answered!r}"
        for column, (stored, answered) in pairs.items()
        if column not in hidden and (stored or None) != (answered or None)
    ]


def _plain(stored: Any, answered: Any) -> Any:
    """A stored value in the form of the answer: JSON in a text column is read where the answer is no text."""
    if isinstance(stored, str) and stored[:1] in ("[", "{", "n") and not isinstance(answered, str):
        return json.loads(stored)
    return stored
