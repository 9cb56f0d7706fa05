"""How users arrange their channels."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Count, Flag, Id, SchemaIndex, SchemaModel, Text


class SidebarCategory(SchemaModel):
    """A heading in a user's sidebar of a team; ``type`` is favorites, channels, direct_messages or custom.

    ``id`` of the three that everybody has is ``<type>_<user id>_<team id>``.
    """

    id = Text(max_length=128, primary_key=True)
    user_id = Id()
    team_id = Id()
    sort_order = Count()
    sorting = Text(max_length=64)
    type = Text(max_length=64)
    display_name = Text(max_length=64)
    muted = Flag()
    collapsed = Flag()

    class Meta:
        db_table = "sidebarcategories"
        indexes = [
            SchemaIndex(fields=["user_id", "team_id"], name="idx_sidebarcategories_userid_teamid"),
        ]

    def __str__(self) -> str:
        return self.display_name


class SidebarChannel(SchemaModel):
    """A channel under a heading. What has no row is under channels or direct messages."""

    pk = models.CompositePrimaryKey("channel_id", "user_id", "category_id")
    channel_id = Id(required=True)
    user_id = Id(required=True)
    category_id = Text(max_length=128, required=True)
    sort_order = Count()

    class Meta:
        db_table = "sidebarchannels"
        indexes = [
            SchemaIndex(fields=["category_id"], name="idx_sidebarchannels_categoryid"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} under {self.category_id}"
