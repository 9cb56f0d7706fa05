"""Bookmarks of channels."""

from __future__ import annotations

from mattermost_site.schema import Enum, Id, LongText, Millis, Number, SchemaIndex, SchemaModel, Text


class ChannelBookmark(SchemaModel):
    """A link or file at the top of a channel; ``original_id`` is set on earlier versions."""

    id = Id(primary_key=True)
    owner_id = Id(required=True)
    channel_id = Id(required=True)
    file_info_id = Id(db_default=None)
    create_at = Millis(db_default=0)
    update_at = Millis(db_default=0)
    delete_at = Millis(db_default=0)
    display_name = LongText(db_default="")
    sort_order = Number(db_default=0)
    link_url = LongText()
    image_url = LongText()
    emoji = Text(max_length=64, db_default=None)
    type = Enum(enum="channel_bookmark_type", default="link", db_default="link")
    original_id = Id(db_default=None)
    parent_id = Id(db_default=None)

    class Meta:
        db_table = "channelbookmarks"
        indexes = [
            SchemaIndex(fields=["channel_id"], name="idx_channelbookmarks_channelid"),
            SchemaIndex(fields=["delete_at"], name="idx_channelbookmarks_delete_at"),
            SchemaIndex(fields=["update_at"], name="idx_channelbookmarks_update_at"),
        ]

    def __str__(self) -> str:
        return self.display_name
