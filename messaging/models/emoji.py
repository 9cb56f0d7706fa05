"""Custom emoji."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Id, Millis, SchemaIndex, SchemaModel, Text


class Emoji(SchemaModel):
    """A picture that people here may use by name."""

    id = Id(primary_key=True)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    creator_id = Id()
    name = Text(max_length=64)

    class Meta:
        db_table = "emoji"
        constraints = [
            models.UniqueConstraint(fields=["name", "delete_at"], name="emoji_name_deleteat_key"),
        ]
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_emoji_create_at"),
            SchemaIndex(fields=["delete_at"], name="idx_emoji_delete_at"),
            SchemaIndex(fields=["update_at"], name="idx_emoji_update_at"),
        ]

    def __str__(self) -> str:
        return f":{self.name}:"
