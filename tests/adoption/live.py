"""What a v11.2 server left behind, brought to life again: its database in a cluster, its files, its config.json."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.environment import QUICK_ITERATIONS
from tests.processes import HOST, folder, free_port, program
from tests.schema_reading import DUMP
from tests.services import ROOT

LEFT_BEHIND = DUMP.parent
CONFIG = LEFT_BEHIND / "config.json"
FILES = LEFT_BEHIND / "files.tar.gz"

Rows = dict[str, list[str]]

# Columns that a take-over may rewrite; of these tables everything else has to stay.
TOKEN_TABLES = ("oauthaccessdata", "sessions", "useraccesstokens")
OURS = ("auth_", "django_", "site_")
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


@dataclass(frozen=True, slots=True)
class Installation:
    """A copy of the database at ``address``, and a folder with config.json and files."""

    address: str
    folder: Path

    @property
    def env(self) -> dict[str, str]:
        """The variables that point a server at it: everything else comes from their config.json."""
        return {
            "MM_CONFIG": str(self.folder / "config.json"),
            "MM_SQLSETTINGS_DRIVERNAME": "postgres",
            "MM_SQLSETTINGS_DATASOURCE": self.address,
            "MM_FILESETTINGS_DIRECTORY": str(self.folder / "files"),
            "PASSWORD_ITERATIONS": QUICK_ITERATIONS,
        }

    def manage(self, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run ``manage.py`` to its end, with other variables where ``changes`` says so."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("MM_")} | self.env
        env |= {"MM_SERVICESETTINGS_LISTENADDRESS": f"{HOST}:{free_port()}", "MM_METRICSSETTINGS_LISTENADDRESS": ""}
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env | changes, capture_output=True, text=True, timeout=120)

    def adopt(self, *arguments: str) -> str:
        """Take the database over; returns what was said."""
        done = self.manage("adopt", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def execute(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Run one statement, commit; returns its rows, if any."""
        with psycopg.connect(self.address) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def theirs(self) -> Rows:
        """Every row of every table that the other server made, but for the tokens."""
        return {table: rows for table, rows in self._rows(without_tokens=True).items() if not table.startswith(OURS)}

    def everything(self) -> Rows:
        """Every row of every table."""
        return self._rows(without_tokens=False)

    def tokens(self) -> dict[str, str]:
        """What stands for each session and each personal token, by id."""
        both = "SELECT id, token FROM sessions UNION ALL SELECT id, token FROM useraccesstokens"
        return {str(id_): str(token) for id_, token in self.execute(both)}

    def _rows(self, *, without_tokens: bool) -> Rows:
        found: Rows = {}
        with psycopg.connect(self.address) as connection:
            for (table,) in connection.execute(TABLES).fetchall():
                hides = without_tokens and table in TOKEN_TABLES
                shown = "(to_jsonb(t) - 'token')::text" if hides else "t::text"
                statement = f"SELECT {shown} FROM {table} t ORDER BY 1"  # noqa: S608 - names from the catalogue
                found[table] = [str(row[0]) for row in connection.execute(statement.encode())]
        return found


def load(address: str) -> None:
    """Fill an empty database with the dump."""
    command = [program("psql"), "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--dbname", address]
    with gzip.open(DUMP) as dump:
        subprocess.run(command, input=dump.read(), stdout=subprocess.DEVNULL, check=True)


@contextmanager
def installation(template: str, *, files: bool = False) -> Iterator[Installation]:
    """An installation on a copy of the database ``template``, on which nobody may be connected."""
    name = f"copy_{uuid4().hex[:12]}"
    base, _, options = template.partition("?")
    parts = {"name": sql.Identifier(name), "template": sql.Identifier(base.rpartition("/")[2])}
    maintenance = f"{base.rpartition('/')[0]}/postgres?{options}"
    with psycopg.connect(maintenance, autocommit=True) as connection, folder("adopted") as place:
        connection.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(**parts))
        shutil.copyfile(CONFIG, place / "config.json")
        if files:
            with tarfile.open(FILES) as archive:
                archive.extractall(place / "files", filter="data")
        try:
            yield Installation(f"{base.rpartition('/')[0]}/{name}?{options}", place)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**parts))
