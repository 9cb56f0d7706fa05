"""Slash commands."""

from __future__ import annotations

from mattermost_site.schema import Flag, Id, Millis, Number, SchemaIndex, SchemaModel, Text


class Command(SchemaModel):
    """A command of a team that asks a URL; ``method`` is P (POST) or G (GET)."""

    id = Id(primary_key=True)
    token = Id()
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    creator_id = Id()
    team_id = Id()
    trigger = Text(max_length=128)
    method = Text(max_length=1)
    username = Text(max_length=64)
    icon_url = Text(max_length=1024)
    auto_complete = Flag()
    auto_complete_desc = Text(max_length=1024)
    auto_complete_hint = Text(max_length=1024)
    display_name = Text(max_length=64)
    description = Text(max_length=128)
    url = Text(max_length=1024)
    plugin_id = Text(max_length=190)

    class Meta:
        db_table = "commands"
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_command_create_at"),
            SchemaIndex(fields=["delete_at"], name="idx_command_delete_at"),
            SchemaIndex(fields=["team_id"], name="idx_command_team_id"),
            SchemaIndex(fields=["update_at"], name="idx_command_update_at"),
        ]

    def __str__(self) -> str:
        return f"/{self.trigger}"


class CommandWebhook(SchemaModel):
    """The short-lived address at which a command's URL may answer later; ``use_count`` counts answers."""

    id = Id(primary_key=True)
    create_at = Millis()
    command_id = Id()
    user_id = Id()
    channel_id = Id()
    root_id = Id()
    use_count = Number()

    class Meta:
        db_table = "commandwebhooks"
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_command_webhook_create_at"),
        ]

    def __str__(self) -> str:
        return self.id
