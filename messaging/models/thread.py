"""Threads."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Count, Flag, Id, Json, Millis, SchemaIndex, SchemaModel


class Thread(SchemaModel):
    """A post that has replies; ``participants`` are ids of users, the latest last.

    ``thread_delete_at`` is None or 0 while the root post exists.
    """

    post_id = Id(primary_key=True)
    reply_count = Count()
    last_reply_at = Millis()
    participants = Json(of=list)
    channel_id = Id()
    thread_delete_at = Millis(null=True)
    thread_team_id = Id()

    class Meta:
        db_table = "threads"
        indexes = [
            SchemaIndex(fields=["channel_id", "last_reply_at"], name="idx_threads_channel_id_last_reply_at"),
        ]

    def __str__(self) -> str:
        return self.post_id


class ThreadMembership(SchemaModel):
    """That a user follows a thread, or stopped, and what the user has seen of it."""

    pk = models.CompositePrimaryKey("post_id", "user_id")
    post_id = Id(required=True)
    user_id = Id(required=True)
    following = Flag()
    last_viewed = Millis()
    last_updated = Millis()
    unread_mentions = Count()

    class Meta:
        db_table = "threadmemberships"
        indexes = [
            SchemaIndex(fields=["last_updated"], name="idx_thread_memberships_last_update_at"),
            SchemaIndex(fields=["last_viewed"], name="idx_thread_memberships_last_view_at"),
            SchemaIndex(fields=["user_id"], name="idx_thread_memberships_user_id"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.post_id}"
