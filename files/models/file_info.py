"""Stored files."""

from __future__ import annotations

from mattermost_site.schema import Blob, Count, Flag, Id, LongText, Millis, Number, SchemaIndex, SchemaModel, Text


class FileInfo(SchemaModel):
    """A file of a post; sizes in bytes, width and height in pixels, paths inside the file store.

    ``content`` is the text found in it. ``mini_preview`` is a JPEG of 16 by 16 pixels, None for what is no picture.
    """

    id = Id(primary_key=True)
    creator_id = Id()
    post_id = Id()
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    path = Text(max_length=512)
    thumbnail_path = Text(max_length=512)
    preview_path = Text(max_length=512)
    name = Text(max_length=256)
    extension = Text(max_length=64)
    size = Count()
    mime_type = Text(max_length=256)
    width = Number()
    height = Number()
    has_preview_image = Flag()
    mini_preview = Blob(null=True)
    content = LongText()
    remote_id = Id()
    archived = Flag(required=True, db_default=False)
    channel_id = Id()

    class Meta:
        db_table = "fileinfo"
        indexes = [
            SchemaIndex(fields=["channel_id", "create_at"], name="idx_fileinfo_channel_id_create_at"),
            SchemaIndex(fields=["create_at"], name="idx_fileinfo_create_at"),
            SchemaIndex(fields=["delete_at"], name="idx_fileinfo_delete_at"),
            SchemaIndex(fields=["extension"], name="idx_fileinfo_extension_at"),
            SchemaIndex(fields=["post_id"], name="idx_fileinfo_postid_at"),
            SchemaIndex(fields=["update_at"], name="idx_fileinfo_update_at"),
        ]

    def __str__(self) -> str:
        return self.name
