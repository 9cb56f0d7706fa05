"""What a retention policy covers goes with it: the only foreign keys of the given schema.

SQLite cannot add a foreign key to a table, so a trigger does the same there.
"""

from __future__ import annotations

from django.db import migrations

from mattermost_site.schema_operations import Statements

TABLES = ["retentionpolicieschannels", "retentionpoliciesteams"]

POSTGRES = [
    f"ALTER TABLE {table} ADD CONSTRAINT fk_{table}_retentionpolicies"
    " FOREIGN KEY (policyid) REFERENCES retentionpolicies (id) ON DELETE CASCADE"
    for table in TABLES
]
POSTGRES_BACK = [f"ALTER TABLE {table} DROP CONSTRAINT fk_{table}_retentionpolicies" for table in TABLES]
SQLITE = [
    f"CREATE TRIGGER fk_{table}_retentionpolicies AFTER DELETE ON retentionpolicies"
    f" BEGIN DELETE FROM {table} WHERE policyid = OLD.id; END"
    for table in TABLES
]
SQLITE_BACK = [f"DROP TRIGGER fk_{table}_retentionpolicies" for table in TABLES]


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_initial")]

    operations = [Statements(POSTGRES, POSTGRES_BACK), Statements(SQLITE, SQLITE_BACK, vendor="sqlite")]
