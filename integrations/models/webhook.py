"""Webhooks."""

from __future__ import annotations

from mattermost_site.schema import Flag, Id, JsonText, Millis, Number, SchemaIndex, SchemaModel, Text


class IncomingWebhook(SchemaModel):
    """An address under which others post into a channel."""

    id = Id(primary_key=True)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    user_id = Id()
    channel_id = Id()
    team_id = Id()
    display_name = Text(max_length=64)
    description = Text(max_length=500)
    username = Text(max_length=255)
    icon_url = Text(max_length=1024)
    channel_locked = Flag()

    class Meta:
        db_table = "incomingwebhooks"
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_incoming_webhook_create_at"),
            SchemaIndex(fields=["delete_at"], name="idx_incoming_webhook_delete_at"),
            SchemaIndex(fields=["team_id"], name="idx_incoming_webhook_team_id"),
            SchemaIndex(fields=["update_at"], name="idx_incoming_webhook_update_at"),
            SchemaIndex(fields=["user_id"], name="idx_incoming_webhook_user_id"),
        ]

    def __str__(self) -> str:
        return self.display_name


class OutgoingWebhook(SchemaModel):
    """URLs that are told of posts of a team.

    ``trigger_when`` is 0 when the first word must equal a trigger word, 1 when it must start with one.
    """

    id = Id(primary_key=True)
    token = Id()
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    creator_id = Id()
    channel_id = Id()
    team_id = Id()
    trigger_words = JsonText(max_length=1024)
    callback_urls = JsonText(max_length=1024)
    display_name = Text(max_length=64)
    content_type = Text(max_length=128)
    trigger_when = Number()
    username = Text(max_length=64)
    icon_url = Text(max_length=1024)
    description = Text(max_length=500)

    class Meta:
        db_table = "outgoingwebhooks"
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_outgoing_webhook_create_at"),
            SchemaIndex(fields=["delete_at"], name="idx_outgoing_webhook_delete_at"),
            SchemaIndex(fields=["team_id"], name="idx_outgoing_webhook_team_id"),
            SchemaIndex(fields=["update_at"], name="idx_outgoing_webhook_update_at"),
        ]

    def __str__(self) -> str:
        return self.display_name
