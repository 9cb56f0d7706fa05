"""Long tasks that administrators see."""

from __future__ import annotations

from mattermost_site.schema import Count, Id, Json, Millis, SchemaIndex, SchemaModel, Text


class Job(SchemaModel):
    """A run of a task (``type``), its ``status`` and its ``progress`` in per cent; ``data`` are strings."""

    id = Id(primary_key=True)
    type = Text(max_length=32)
    priority = Count()
    create_at = Millis()
    start_at = Millis()
    last_activity_at = Millis()
    status = Text(max_length=32)
    progress = Count()
    data = Json()

    class Meta:
        db_table = "jobs"
        indexes = [
            SchemaIndex(fields=["status", "type"], name="idx_jobs_status_type"),
            SchemaIndex(fields=["type"], name="idx_jobs_type"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.status}"
