"""What kind of database this is: read from its catalogue, changing nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection

from mattermost_site.schema import SchemaModel

# Numbers of the other server's last migration that go with the tables of our models (schema.json), and its version.
ACCEPTED: Mapping[int, str] = MappingProxyType({146: "11.2"})

_HAS_TABLE = "SELECT to_regclass(quote_ident(%s)) IS NOT NULL"
_VERSION = "SELECT coalesce(max(version), 0) FROM db_migrations"
_COLUMNS = """
    SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid) AND a.attnum > 0 AND NOT a.attisdropped
"""
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


def rows(statement: str, values: Iterable[str | int] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


def value(statement: str, values: Iterable[str | int] = ()) -> Any:
    """The one value that a statement answers."""
    return rows(statement, values)[0][0]


def has_table(name: str) -> bool:
    """Whether the database has a table of this name."""
    return bool(value(_HAS_TABLE, [name]))


def schema_version() -> int:
    """The number of the other server's last migration; 0 when none of its servers has worked here."""
    return int(value(_VERSION)) if has_table("db_migrations") else 0


def check_version() -> int:
    """The schema version, one of ``ACCEPTED``; CommandError with one sentence for every other database."""
    found = schema_version()
    if found in ACCEPTED:
        return found
    known = ", ".join(f"{version} (Mattermost {name})" for version, name in ACCEPTED.items())
    if not found:
        raise CommandError(
            f"There is nothing to take over in the {place()}: its table db_migrations is missing or empty, so no "
            f"Mattermost server has worked on it; accepted is schema version {known}."
        )
    is_older = found < min(ACCEPTED)
    advice = "update it with Mattermost's own program first" if is_older else "it is newer than this server"
    raise CommandError(f"The {place()} has schema version {found}, but accepted is {known}: {advice}.")


def check_tables() -> int:
    """How many tables were compared with our models; CommandError names each column that is missing."""
    present = {(table, column) for table, column in rows(_COLUMNS)}
    models = [model for model in apps.get_models() if issubclass(model, SchemaModel)]
    wanted = {(model._meta.db_table, field.column) for model in models for field in model._meta.concrete_fields}
    missing = sorted(f"{table}.{column}" for table, column in wanted - present if column)
    if missing:
        raise CommandError(f"The tables of the {place()} are not those of its version; missing: {', '.join(missing)}.")
    return len(models)


def other_connections() -> int:
    """How many connections besides ours this database user has: a server that still runs has some."""
    return int(value(_OTHERS))


def place() -> str:
    """The database by name and host, without the password."""
    settings = connection.settings_dict
    return f"database {settings['NAME']} on {settings['HOST'] or 'this machine'}"
