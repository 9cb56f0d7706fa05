"""Channels shared with other servers."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Flag, Id, Millis, SchemaIndex, SchemaModel, Text


class SharedChannel(SchemaModel):
    """A channel that is shared, from here (``home``) or from a remote."""

    channel_id = Id(primary_key=True)
    team_id = Id()
    home = Flag()
    readonly = Flag()
    share_name = Text(max_length=64)
    share_display_name = Text(max_length=64)
    share_purpose = Text(max_length=250)
    share_header = Text(max_length=1024)
    creator_id = Id()
    create_at = Millis()
    update_at = Millis()
    remote_id = Id()

    class Meta:
        db_table = "sharedchannels"
        constraints = [
            models.UniqueConstraint(fields=["share_name", "team_id"], name="sharedchannels_sharename_teamid_key"),
        ]

    def __str__(self) -> str:
        return self.share_name


class SharedChannelRemote(SchemaModel):
    """A remote with which a channel is shared, and how far it is in step."""

    pk = models.CompositePrimaryKey("id", "channel_id")
    id = Id(required=True)
    channel_id = Id(required=True)
    creator_id = Id()
    create_at = Millis()
    update_at = Millis()
    is_invite_accepted = Flag()
    is_invite_confirmed = Flag()
    remote_id = Id()
    last_post_update_at = Millis()
    last_post_id = Id()
    last_post_create_at = Millis(required=True, db_default=0)
    last_post_create_id = Id()
    delete_at = Millis(db_default=0)
    last_members_sync_at = Millis(db_default=0)

    class Meta:
        db_table = "sharedchannelremotes"
        constraints = [
            models.UniqueConstraint(
                fields=["channel_id", "remote_id"], name="sharedchannelremotes_channelid_remoteid_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} with {self.remote_id}"


class SharedChannelUser(SchemaModel):
    """A user of whom a remote has been told."""

    id = Id(primary_key=True)
    user_id = Id()
    remote_id = Id()
    create_at = Millis()
    last_sync_at = Millis()
    channel_id = Id()
    last_membership_sync_at = Millis(db_default=0)

    class Meta:
        db_table = "sharedchannelusers"
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "channel_id", "remote_id"], name="sharedchannelusers_userid_channelid_remoteid_key"
            ),
        ]
        indexes = [
            SchemaIndex(fields=["remote_id"], name="idx_sharedchannelusers_remote_id"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.remote_id}"


class SharedChannelAttachment(SchemaModel):
    """A file that a remote has been sent."""

    id = Id(primary_key=True)
    file_id = Id()
    remote_id = Id()
    create_at = Millis()
    last_sync_at = Millis()

    class Meta:
        db_table = "sharedchannelattachments"
        constraints = [
            models.UniqueConstraint(
                fields=["file_id", "remote_id"], name="sharedchannelattachments_fileid_remoteid_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} at {self.remote_id}"
