"""A database's schema as plain text by name, so that two can be compared."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString

import psycopg

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
CATALOGUE = SHARED / "contract" / "schema.json"
DUMP = SHARED / "data" / "mattermost-11.2" / "database.sql.gz"

Schema = dict[str, str]
Connection = psycopg.Connection[tuple[Any, ...]]

_COLUMNS: LiteralString = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
"""
_CONSTRAINTS: LiteralString = """
    SELECT conrelid::regclass::text, pg_get_constraintdef(oid), conname
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c', 'x')
"""
_INDEXES: LiteralString = """
    SELECT t.relname, c.relname, i.indisunique, pg_get_indexdef(c.oid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND t.relkind = ANY(%s)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid AND contype IN ('p', 'u'))
"""
_ENUMS: LiteralString = """
    SELECT typname, string_agg(enumlabel, ', ' ORDER BY enumsortorder)
    FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid GROUP BY typname
"""
_VIEWS: LiteralString = "SELECT matviewname, definition, ispopulated FROM pg_matviews WHERE schemaname = 'public'"
_OPTIONS: LiteralString = """
    SELECT relname, reloptions FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND reloptions IS NOT NULL
"""


def wanted() -> Schema:
    """What schema.json of the contract asks for. Without ../shared this raises: there is nothing to compare with."""
    given = json.loads(CATALOGUE.read_text())
    schema = {f"enum {name}": ", ".join(values) for name, values in given["enums"].items()}
    schema |= {f"view {name}": "" for name in given["materialised_views"]}
    for table, parts in given["tables"].items():
        for name, column in parts["columns"].items():
            schema[f"{table}.{name}"] = _column(column["type"], column.get("not_null", False), column.get("default"))
        schema |= {f"constraint {table} {definition}": "" for definition in parts["constraints"]}
        for index in parts["indexes"]:
            schema[f"index {table}.{index['name']}"] = _index(index["unique"], index["on"])
    return schema


def found(connection: Connection) -> Schema:
    """The same of a real database, for all its tables."""
    schema = {f"{table}.{name}": _column(*rest) for table, name, *rest in connection.execute(_COLUMNS)}
    schema |= {f"constraint {table} {definition}": "" for table, definition, _ in connection.execute(_CONSTRAINTS)}
    for table, name, unique, definition in connection.execute(_INDEXES, [["r"]]):
        schema[f"index {table}.{name}"] = _index(unique, definition.partition(" USING ")[2])
    schema |= {f"enum {name}": values for name, values in connection.execute(_ENUMS)}
    return schema | {f"view {name}": "" for name, _, _ in connection.execute(_VIEWS)}


def table_of(key: str) -> str:
    """The table that an entry belongs to, "" for enumerations and views."""
    match = re.fullmatch(r"(?:index |constraint )?(\w+)[. ].*", key)
    return "" if match is None or key.startswith(("enum ", "view ")) else match[1]


def details(connection: Connection) -> Schema:
    """What the catalogue leaves out: names of constraints, what views select, their indexes, options of tables."""
    schema = {f"constraint {name}": f"{table} {on}" for table, on, name in connection.execute(_CONSTRAINTS)}
    for name, definition, populated in connection.execute(_VIEWS):
        schema[f"view {name}"] = f"{definition} populated: {populated}"
    for table, name, unique, definition in connection.execute(_INDEXES, [["m"]]):
        schema[f"index {table}.{name}"] = _index(unique, definition.partition(" USING ")[2])
    return schema | {f"options {table}": ", ".join(sorted(options)) for table, options in connection.execute(_OPTIONS)}


def restore_schema(address: str) -> None:
    """Make the tables of the recorded server's database, without their rows, in an empty database."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("\n".join(_statements()).encode())


def _statements() -> Iterator[str]:
    is_data = False
    with gzip.open(DUMP, "rt") as lines:
        for line in lines:
            if line.startswith("COPY "):
                is_data = True
            elif line.startswith("\\"):  # the end of data, or a command of psql
                is_data = False
            elif not is_data:
                yield line.rstrip("\n")


def _column(type_: str, not_null: bool, default: str | None) -> str:
    return type_ + (" NOT NULL" if not_null else "") + ("" if default is None else f" DEFAULT {default}")


def _index(unique: bool, on: str) -> str:
    return f"UNIQUE {on}" if unique else on
