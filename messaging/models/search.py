"""What searching leaves behind."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Json, Millis, Number, PaddedId, SchemaModel


class RecentSearch(SchemaModel):
    """One of a user's latest searches; ``search_pointer`` is its place in a ring."""

    pk = models.CompositePrimaryKey("user_id", "search_pointer")
    user_id = PaddedId(required=True)
    search_pointer = Number(required=True)
    query = Json()
    create_at = Millis(required=True)

    class Meta:
        db_table = "recentsearches"

    def __str__(self) -> str:
        return self.user_id
