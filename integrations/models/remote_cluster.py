"""Other servers."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Id, Millis, SchemaModel, SmallNumber, Text


class RemoteCluster(SchemaModel):
    """A server with which channels are shared; ``options`` is a bit mask.

    ``topics`` are names with a space on each side. ``token`` is what the other server presents
    here, ``remote_token`` what it is presented.
    """

    pk = models.CompositePrimaryKey("remote_id", "name")
    remote_id = Id(required=True)
    remote_team_id = Id()
    name = Text(max_length=64, required=True)
    display_name = Text(max_length=64)
    site_url = Text(max_length=512)
    create_at = Millis()
    last_ping_at = Millis()
    token = Id()
    remote_token = Id()
    topics = Text(max_length=512)
    creator_id = Id()
    plugin_id = Text(max_length=190, required=True, db_default="")
    options = SmallNumber(required=True, db_default=0)
    default_team_id = Id(db_default="")
    delete_at = Millis(db_default=0)
    last_global_user_sync_at = Millis(db_default=0)

    class Meta:
        db_table = "remoteclusters"

    def __str__(self) -> str:
        return self.name
