"""Messages that are not posted yet."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Id, JsonLongText, JsonText, Millis, SchemaIndex, SchemaModel, Text


class Draft(SchemaModel):
    """What a user has written in a channel or thread (``root_id``) and not sent.

    ``priority`` is that of the API's object, None without one.
    """

    pk = models.CompositePrimaryKey("user_id", "channel_id", "root_id")
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    user_id = Id(required=True)
    channel_id = Id(required=True)
    root_id = Id(required=True, db_default="")
    message = Text(max_length=65535)
    props = JsonText(max_length=8000, of=dict)
    file_ids = JsonText(max_length=300)
    priority = JsonLongText(of=dict, null=True)

    class Meta:
        db_table = "drafts"

    def __str__(self) -> str:
        return f"{self.user_id} in {self.channel_id}"


class ScheduledPost(SchemaModel):
    """A message to be posted at ``scheduled_at``; ``error_code`` says why that failed."""

    id = Id(primary_key=True)
    create_at = Millis()
    update_at = Millis()
    user_id = Id(required=True)
    channel_id = Id(required=True)
    root_id = Id()
    message = Text(max_length=65535)
    props = JsonText(max_length=8000, of=dict)
    file_ids = JsonText(max_length=300)
    priority = JsonLongText(of=dict, null=True)
    scheduled_at = Millis(required=True)
    processed_at = Millis()
    error_code = Text(max_length=200)

    class Meta:
        db_table = "scheduledposts"
        indexes = [
            SchemaIndex(
                fields=["user_id", "channel_id", "scheduled_at"],
                name="idx_scheduledposts_userid_channel_id_scheduled_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.channel_id}"
