"""The configuration as rows of a PostgreSQL table, when ``MM_CONFIG`` is a data source name.

psycopg is used directly: Django's own settings come from here, so they cannot be needed
to get here. The table is that of ``mattermost_site.models.ConfigRevision``; each change
adds a row, and the one in force is ``active``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from types import MappingProxyType
from typing import Any, LiteralString
from urllib.parse import parse_qsl, urlencode, urlsplit

import psycopg
from psycopg import pq

from mattermost_site.clock import now
from mattermost_site.config.backend import Change, Document
from mattermost_site.config.errors import ConfigError
from mattermost_site.ids import new_id

Connection = psycopg.Connection[tuple[Any, ...]]

CONNECT_TIMEOUT = "10"  # seconds
WRITERS = 7_214_011_965_328_047_104  # the number of the advisory lock that writers take turns with

OURS, THEIRS = "site_configurations", "configurations"
HAS_TABLE = "SELECT to_regclass(%s) IS NOT NULL"
ACTIVE: Mapping[str, LiteralString] = {
    OURS: "SELECT value FROM site_configurations WHERE active ORDER BY create_at DESC LIMIT 1",
    THEIRS: "SELECT value FROM configurations WHERE active LIMIT 1",
}
RETIRE = "UPDATE site_configurations SET active = FALSE WHERE active"
ADD = "INSERT INTO site_configurations (id, value, create_at, active, author_id) VALUES (%s, %s, %s, TRUE, %s)"


class DatabaseBackend:
    """Revisions in the database. That database is also the one that the server works with.

    Before the first migration there is no table: the document is kept in memory then, and
    ``config.reload()`` after the migration stores it. A first document starts from the one
    that another server left in its own table, which is only read.
    """

    embeds = False

    def __init__(self, dsn: str) -> None:
        self._conninfo = _libpq(dsn)
        self._unsaved: Document | None = None
        self.fixed: Mapping[str, Any] = MappingProxyType(
            {"SqlSettings.DriverName": "postgres", "SqlSettings.DataSource": dsn}
        )

    def read(self) -> Document | None:
        """The document in force, None when none was stored. ConfigError when the database cannot be used."""
        with self._connected() as connection:
            return _active(connection, OURS) if _has(connection, OURS) else self._unsaved

    def update(self, change: Change, *, author_id: str = "") -> Document:
        """Read, change and store in one transaction; returns the document. No row when nothing changes."""
        with self._connected() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
            stored = _active(connection, OURS)
            after = change(deepcopy(stored or self._unsaved or _active(connection, THEIRS)))
            if not _has(connection, OURS):
                self._unsaved = after
            elif after != stored:
                connection.execute(RETIRE)
                connection.execute(ADD, [new_id(), json.dumps(after), now(), author_id])
        return after

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection for one transaction, not Django's: what is saved stays when a request is rolled back."""
        try:
            with psycopg.connect(self._conninfo) as connection:
                yield connection
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ConfigError(f"The database that MM_CONFIG names cannot be used: {reason}.") from error


def _has(connection: Connection, table: str) -> bool:
    row = connection.execute(HAS_TABLE, [table]).fetchone()
    return bool(row and row[0])


def _active(connection: Connection, table: str) -> Document | None:
    row = connection.execute(ACTIVE[table]).fetchone() if _has(connection, table) else None
    if row is None:
        return None
    try:
        document = json.loads(row[0])
    except ValueError as error:
        raise ConfigError(f"The active row of {table} is not valid JSON: {error}.") from error
    if not isinstance(document, dict):
        raise ConfigError(f"The active row of {table} must hold a JSON object.")
    return document


def _libpq(dsn: str) -> str:
    """The name without parameters of other drivers (``binary_parameters``), which libpq refuses."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    url = urlsplit(dsn)
    options = {key: value for key, value in parse_qsl(url.query) if key in known}
    return url._replace(query=urlencode({"connect_timeout": CONNECT_TIMEOUT, **options})).geturl()
