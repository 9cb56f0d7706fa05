"""Bots."""

from __future__ import annotations

from mattermost_site.schema import Id, Millis, SchemaModel, Text


class Bot(SchemaModel):
    """What makes a user a bot: the row of the same id in ``users`` signs in with personal tokens only.

    ``owner_id`` is a user or, for bots of plugins, the plugin's name.
    """

    user_id = Id(primary_key=True)
    description = Text(max_length=1024)
    owner_id = Text(max_length=190)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    last_icon_update = Millis()

    class Meta:
        db_table = "bots"

    def __str__(self) -> str:
        return self.user_id
