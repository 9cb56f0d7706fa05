"""Presence."""

from __future__ import annotations

from mattermost_site.schema import Count, Flag, Id, Millis, SchemaIndex, SchemaModel, Text


class Status(SchemaModel):
    """Whether a user is online, away, on do-not-disturb or offline; no row is offline.

    ``dnd_end_time`` is in seconds. ``prev_status`` is restored when do-not-disturb ends.
    """

    user_id = Id(primary_key=True)
    status = Text(max_length=32)
    manual = Flag()
    last_activity_at = Millis()
    dnd_end_time = Count()
    prev_status = Text(max_length=32)

    class Meta:
        db_table = "status"
        indexes = [
            SchemaIndex(fields=["status", "dnd_end_time"], name="idx_status_status_dndendtime"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.status}"
