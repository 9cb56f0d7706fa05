"""Posts and what belongs to one."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Count, Flag, Id, Json, JsonText, Millis, SchemaIndex, SchemaModel, SmallNumber, Text


class Post(SchemaModel):
    """A message, a system message, or an earlier version of one (``original_id`` set, ``delete_at`` not 0).

    ``root_id`` is the post that a reply answers. ``filenames`` is what file lists were before ``file_ids``.
    """

    id = Id(primary_key=True)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    user_id = Id()
    channel_id = Id()
    root_id = Id()
    original_id = Id()
    message = Text(max_length=65535)
    type = Text(max_length=26)
    props = Json()
    hashtags = Text(max_length=1000)
    filenames = JsonText(max_length=4000)
    file_ids = JsonText(max_length=300)
    has_reactions = Flag()
    edit_at = Millis()
    is_pinned = Flag()
    remote_id = Id(null=True)

    class Meta:
        db_table = "posts"
        indexes = [
            SchemaIndex(
                fields=["channel_id", "delete_at", "create_at"], name="idx_posts_channel_id_delete_at_create_at"
            ),
            SchemaIndex(fields=["channel_id", "update_at"], name="idx_posts_channel_id_update_at"),
            SchemaIndex(fields=["create_at"], name="idx_posts_create_at"),
            SchemaIndex(fields=["create_at", "id"], name="idx_posts_create_at_id"),
            SchemaIndex(fields=["delete_at"], name="idx_posts_delete_at"),
            SchemaIndex(fields=["is_pinned"], name="idx_posts_is_pinned"),
            SchemaIndex(fields=["original_id"], name="idx_posts_original_id"),
            SchemaIndex(fields=["root_id", "delete_at"], name="idx_posts_root_id_delete_at"),
            SchemaIndex(fields=["update_at"], name="idx_posts_update_at"),
            SchemaIndex(fields=["user_id"], name="idx_posts_user_id"),
        ]

    def __str__(self) -> str:
        return self.id


class Reaction(SchemaModel):
    """An emoji of a user on a post; taken back ones stay with ``delete_at``."""

    pk = models.CompositePrimaryKey("post_id", "user_id", "emoji_name")
    user_id = Id(required=True)
    post_id = Id(required=True)
    emoji_name = Text(max_length=64, required=True)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    remote_id = Id()
    channel_id = Id(required=True, db_default="")

    class Meta:
        db_table = "reactions"
        indexes = [
            SchemaIndex(fields=["channel_id"], name="idx_reactions_channel_id"),
        ]

    def __str__(self) -> str:
        return self.emoji_name


class PostPriority(SchemaModel):
    """That a post is important or urgent, or asks for acknowledgement."""

    post_id = Id(primary_key=True)
    channel_id = Id(required=True)
    priority = Text(max_length=32, required=True)
    requested_ack = Flag(null=True)
    persistent_notifications = Flag(null=True)

    class Meta:
        db_table = "postspriority"

    def __str__(self) -> str:
        return self.priority


class PostAcknowledgement(SchemaModel):
    """That a user has read a post that asked for it; ``acknowledged_at`` is 0 when taken back."""

    pk = models.CompositePrimaryKey("post_id", "user_id")
    post_id = Id(required=True)
    user_id = Id(required=True)
    acknowledged_at = Millis()
    remote_id = Id(db_default="")
    channel_id = Id(db_default="")

    class Meta:
        db_table = "postacknowledgements"

    def __str__(self) -> str:
        return f"{self.user_id} on {self.post_id}"


class PersistentNotification(SchemaModel):
    """An urgent post whose mentioned users are notified again and again until they answer."""

    post_id = Id(primary_key=True)
    create_at = Millis()
    last_sent_at = Millis()
    delete_at = Millis()
    sent_count = SmallNumber()

    class Meta:
        db_table = "persistentnotifications"

    def __str__(self) -> str:
        return self.post_id


class PostReminder(SchemaModel):
    """When to remind a user of a post; ``target_time`` is in seconds."""

    pk = models.CompositePrimaryKey("post_id", "user_id")
    post_id = Id(required=True)
    user_id = Id(required=True)
    target_time = Count()

    class Meta:
        db_table = "postreminders"
        indexes = [
            SchemaIndex(fields=["target_time"], name="idx_postreminders_targettime"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.post_id}"
