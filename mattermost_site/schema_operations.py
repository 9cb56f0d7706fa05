"""Migration operations for what Django's models cannot say: parts of the schema that one database alone has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class Statements(Operation):
    """SQL for the database of one vendor (``postgresql`` or ``sqlite``), and how to take it back."""

    reduces_to_sql = True
    reversible = True
    vendor = "postgresql"

    def __init__(self, forwards: Sequence[str], backwards: Sequence[str], vendor: str = "postgresql") -> None:
        self.forwards = forwards
        self.backwards = backwards
        self.vendor = vendor

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not know of it."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self._run(schema_editor, self.forwards)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self._run(schema_editor, self.backwards)

    def describe(self) -> str:
        return f"{type(self).__name__} on {self.vendor}"

    def _run(self, schema_editor: BaseDatabaseSchemaEditor, statements: Sequence[str]) -> None:
        if schema_editor.connection.vendor == self.vendor:
            for statement in statements:
                schema_editor.execute(statement, params=None)


class PostgresEnum(Statements):
    """An enumeration type; tables with an ``Enum`` field need it first."""

    def __init__(self, name: str, values: Sequence[str]) -> None:
        self.name = name
        self.values = values
        listed = ", ".join(f"'{value}'" for value in values)
        super().__init__([f"CREATE TYPE {name} AS ENUM ({listed})"], [f"DROP TYPE {name}"])


class PostgresIndex(NamedTuple):
    """An index over expressions; ``on`` is what follows USING."""

    table: str
    name: str
    on: str


class PostgresIndexes(Statements):
    """Indexes that only PostgreSQL can make or that only PostgreSQL needs."""

    def __init__(self, indexes: Sequence[PostgresIndex]) -> None:
        self.indexes = indexes
        super().__init__(
            [f"CREATE INDEX {index.name} ON {index.table} USING {index.on}" for index in indexes],
            [f"DROP INDEX {index.name}" for index in indexes],
        )


class PostgresView(Statements):
    """A materialised view, filled when it is made."""

    def __init__(self, name: str, query: str) -> None:
        self.name = name
        self.query = query
        super().__init__([f"CREATE MATERIALIZED VIEW {name} AS {query}"], [f"DROP MATERIALIZED VIEW {name}"])


class PostgresVacuum(Statements):
    """Has PostgreSQL tidy tables that change a lot before a fifth of their rows has changed."""

    def __init__(self, tables: Sequence[str]) -> None:
        self.tables = tables
        given = "autovacuum_vacuum_scale_factor"
        other = "autovacuum_analyze_scale_factor"
        super().__init__(
            [f"ALTER TABLE {table} SET ({given} = 0.1, {other} = 0.05)" for table in tables],
            [f"ALTER TABLE {table} RESET ({given}, {other})" for table in tables],
        )
