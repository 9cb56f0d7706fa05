"""What only PostgreSQL has: text search in names and contents of files, their sum."""

from __future__ import annotations

from django.db import migrations

from mattermost_site.schema_operations import PostgresIndex, PostgresIndexes, PostgresVacuum, PostgresView

INDEXES = [
    PostgresIndex("fileinfo", "idx_fileinfo_content_txt", "gin (to_tsvector('english', content))"),
    PostgresIndex(
        "fileinfo", "idx_fileinfo_name_splitted", "gin (to_tsvector('english', translate(name, '.,-', '   ')))"
    ),
    PostgresIndex("fileinfo", "idx_fileinfo_name_txt", "gin (to_tsvector('english', name))"),
]

FILE_STATS = "SELECT count(*) AS num, coalesce(sum(size), 0) AS usage FROM fileinfo WHERE deleteat = 0"


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        PostgresIndexes(INDEXES),
        PostgresView("file_stats", FILE_STATS),
        PostgresVacuum(["fileinfo"]),
    ]
