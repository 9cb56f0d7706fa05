"""The take-over, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import connection
from django.db.utils import DatabaseError, OperationalError

from mattermost_site import config, jobs
from mattermost_site.adoption import marks, tokens
from mattermost_site.adoption.inspection import (
    ACCEPTED,
    check_tables,
    check_version,
    other_connections,
    place,
    value,
)

LOCK = 7_214_011_965_328_047_105  # the number of the advisory lock of one take-over at a time

Say = Callable[[str], None]


def survey(say: Say) -> None:
    """Say what a take-over would do; nothing is changed. CommandError when it would be refused."""
    with _clear_errors():
        _check(say)
        marked, run = marks.pending()
        say(f"Migrations: {len(marked)} would be marked as done, {len(run)} would be run: {_names(run)}")
        for table in tokens.TABLES:
            say(f"Tokens in {table}: {tokens.count(table)} would be replaced by digests")
    say("Nothing was changed.")


def take_over(say: Say) -> None:
    """Take the database over; doing it again does no harm. CommandError with one sentence when that cannot be."""
    with _clear_errors(), _alone():
        _check(say)
        marked, run = marks.pending()
        marks.apply()
        config.reload()  # one kept in the database is stored in our table, now that there is one
        say(f"Migrations: {len(marked)} marked as done, {len(run)} run: {_names(run)}")
        for table in tokens.TABLES:
            _rewrite(table, say)
        # Each time: meanwhile, Mattermost may have had the database again.
        jobs.enqueue("messaging.build_search_index", {}, key="build_search_index")
        say("Search: the server will index all messages in the background, the newest first")
    say("Done: start the server with `manage.py serve`.")


def _check(say: Say) -> None:
    if connection.vendor != "postgresql":
        raise CommandError(
            "Only a PostgreSQL database can be taken over: set SqlSettings.DriverName to postgres and "
            "SqlSettings.DataSource to the address of Mattermost's database."
        )
    version = check_version()
    say(f"The {place()}: schema version {version}, Mattermost {ACCEPTED[version]}")
    say(f"Tables: {check_tables()} compared, none lacks a column")
    if others := other_connections():
        say(f"Warning: {others} other connections. If Mattermost still runs, stop it and run this command again.")


def _rewrite(table: str, say: Say) -> None:
    total = tokens.count(table)

    def progress(done: int) -> None:
        say(f"Tokens in {table}: {done} of {total} replaced by digests")

    if not tokens.rewrite(table, progress):
        say(f"Tokens in {table}: none is in clear")


def _names(keys: list[marks.Key]) -> str:
    return ", ".join(f"{app}.{name}" for app, name in keys) or "none"


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else takes the same database over meanwhile; the lock ends with the connection at the latest."""
    if connection.vendor != "postgresql":
        yield
        return
    if not value("SELECT pg_try_advisory_lock(%s)", [LOCK]):
        raise CommandError("Somebody else is taking this database over right now.")
    try:
        yield
    finally:
        if connection.connection and not connection.connection.broken:
            value("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def _clear_errors() -> Iterator[None]:
    """CommandError with the database's first sentence instead of a traceback."""
    try:
        yield
    except OperationalError as error:
        raise CommandError(f"Cannot use the database: {_first_line(error)}.") from error
    except DatabaseError as error:
        raise CommandError(
            f"The database refused a step: {_first_line(error)}; mend that and run `manage.py adopt` again."
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
