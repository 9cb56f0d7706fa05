"""Uploads under way."""

from __future__ import annotations

from mattermost_site.schema import Count, Enum, Id, Millis, SchemaIndex, SchemaModel, Text


class UploadSession(SchemaModel):
    """A file that arrives in pieces: ``file_offset`` of ``file_size`` bytes are here."""

    id = Id(primary_key=True)
    type = Enum(enum="upload_session_type")
    create_at = Millis()
    user_id = Id()
    channel_id = Id()
    filename = Text(max_length=256)
    path = Text(max_length=512)
    file_size = Count()
    file_offset = Count()
    remote_id = Id()
    req_file_id = Id()

    class Meta:
        db_table = "uploadsessions"
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_uploadsessions_create_at"),
            SchemaIndex(fields=["type"], name="idx_uploadsessions_type"),
            SchemaIndex(fields=["user_id"], name="idx_uploadsessions_user_id"),
        ]

    def __str__(self) -> str:
        return self.filename
