"""Settings of users."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Id, LongText, SchemaIndex, SchemaModel, Text


class Preference(SchemaModel):
    """One value that clients keep for a user, by category and name."""

    pk = models.CompositePrimaryKey("user_id", "category", "name")
    user_id = Id(required=True)
    category = Text(max_length=32, required=True)
    name = Text(max_length=32, required=True)
    value = LongText()

    class Meta:
        db_table = "preferences"
        indexes = [
            SchemaIndex(fields=["category"], name="idx_preferences_category"),
            SchemaIndex(fields=["name"], name="idx_preferences_name"),
        ]

    def __str__(self) -> str:
        return f"{self.category}/{self.name}"
