"""The schema that our migrations make on PostgreSQL is the given one: the other server can run on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from tests.schema_differences import DIFFERENCES
from tests.schema_reading import Connection, Schema, details, found, restore_schema, table_of, wanted
from tests.services import ROOT, fresh_database, postgres

OURS = ("auth_", "django_", "site_")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with postgres() as address:
        yield address


@pytest.fixture(scope="module")
def migrated(cluster: str) -> Iterator[Connection]:
    """A database that ``manage.py migrate`` has made from nothing."""
    with fresh_database(cluster) as address:
        settings = {"MM_SQLSETTINGS_DRIVERNAME": "postgres", "MM_SQLSETTINGS_DATASOURCE": address}
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=True)
        with psycopg.connect(address) as connection:
            yield connection


@pytest.fixture(scope="module")
def recorded(cluster: str) -> Iterator[Connection]:
    """A database with the schema that a v11.2 server left behind."""
    with fresh_database(cluster) as address:
        restore_schema(address)
        with psycopg.connect(address) as connection:
            yield connection


def differences(given: Schema, ours: Schema) -> dict[str, str]:
    """Each entry that is missing, different or superfluous, and how."""
    return {
        key: f"wanted {given.get(key)!r}, found {ours.get(key)!r}"
        for key in given.keys() | ours.keys()
        if given.get(key) != ours.get(key)
    }


def in_given_tables(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if not table_of(key).startswith(OURS)}


def test_it_makes_the_given_schema(migrated: Connection) -> None:
    all_differences = differences(wanted(), in_given_tables(found(migrated)))
    assert {key: how for key, how in all_differences.items() if key not in DIFFERENCES} == {}


def test_it_lists_no_difference_that_is_gone(migrated: Connection) -> None:
    all_differences = differences(wanted(), in_given_tables(found(migrated)))
    assert [key for key in DIFFERENCES if key not in all_differences] == []


def test_it_names_constraints_and_fills_views_as_the_recorded_server_did(
    migrated: Connection, recorded: Connection
) -> None:
    given, ours = details(recorded), details(migrated)
    theirs = {key: text for key, text in ours.items() if not key.startswith("constraint ") or key in given}
    assert differences(given, theirs) == {}


def test_it_knows_the_recorded_schema_as_the_given_one(recorded: Connection) -> None:
    assert differences(wanted(), found(recorded)) == {}
