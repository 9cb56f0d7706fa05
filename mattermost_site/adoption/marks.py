"""Our migrations on a database whose tables are there already: some are marked as done, the rest is run."""

from __future__ import annotations

from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

Key = tuple[str, str]

# What makes or fills the given tables: the other server did that, in its own way. Nothing of it may run.
GIVEN: frozenset[Key] = frozenset(
    {
        ("mattermost_site", "0001_initial"),
        ("mattermost_site", "0003_installation"),
        ("accounts", "0001_initial"),
        ("accounts", "0002_postgres"),
        ("accounts", "0003_default_roles"),
        ("teams", "0001_initial"),
        ("teams", "0002_retention_keys"),
        ("messaging", "0001_initial"),
        ("messaging", "0002_postgres"),
        ("files", "0001_initial"),
        ("files", "0002_postgres"),
        ("integrations", "0001_initial"),
    }
)


class _Executor(MigrationExecutor):
    """Django's, but migrations of ``GIVEN`` are only recorded."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        if (migration.app_label, migration.name) not in GIVEN:
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        self.recorder.record_applied(migration.app_label, migration.name)
        return migration.mutate_state(state, preserve=False)


def unmarked() -> frozenset[Key]:
    """Those of ``GIVEN`` that the database does not know as done."""
    return GIVEN - MigrationRecorder(connection).applied_migrations().keys()


def pending() -> tuple[list[Key], list[Key]]:
    """What ``apply`` would mark and what it would run, in order."""
    executor = _Executor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    keys = [(migration.app_label, migration.name) for migration, _ in plan]
    return [key for key in keys if key in GIVEN], [key for key in keys if key not in GIVEN]


def apply() -> None:
    """Mark and run what is pending; each migration is one transaction, so this can be repeated after a failure."""
    executor = _Executor(connection)
    executor.loader.check_consistent_history(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
