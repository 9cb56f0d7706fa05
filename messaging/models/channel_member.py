"""Who is and was in a channel."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Count, Flag, Id, Json, Millis, SchemaIndex, SchemaModel, Text


class ChannelMember(SchemaModel):
    """A user in a channel, with what the user has seen of it.

    ``msg_count`` is the channel's count when the user last looked. The ``*_root`` counts are
    without replies, for clients with collapsed threads. ``roles`` holds explicit roles only;
    the ``scheme_*`` flags stand for those of the scheme.
    """

    pk = models.CompositePrimaryKey("channel_id", "user_id")
    channel_id = Id(required=True)
    user_id = Id(required=True)
    roles = Text(max_length=256)
    last_viewed_at = Millis()
    msg_count = Count()
    mention_count = Count()
    notify_props = Json()
    last_update_at = Millis()
    scheme_user = Flag()
    scheme_admin = Flag()
    scheme_guest = Flag()
    mention_count_root = Count()
    msg_count_root = Count()
    urgent_mention_count = Count()

    class Meta:
        db_table = "channelmembers"
        indexes = [
            SchemaIndex(
                fields=["channel_id", "scheme_guest", "user_id"],
                name="idx_channelmembers_channel_id_scheme_guest_user_id",
            ),
            SchemaIndex(
                fields=["user_id", "channel_id", "last_viewed_at"],
                name="idx_channelmembers_user_id_channel_id_last_viewed_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.channel_id}"


class ChannelMemberHistory(SchemaModel):
    """A time that a user was in a channel; ``leave_time`` is None while it lasts."""

    pk = models.CompositePrimaryKey("channel_id", "user_id", "join_time")
    channel_id = Id(required=True)
    user_id = Id(required=True)
    join_time = Millis(required=True)
    leave_time = Millis(null=True)

    class Meta:
        db_table = "channelmemberhistory"

    def __str__(self) -> str:
        return f"{self.user_id} in {self.channel_id}"
