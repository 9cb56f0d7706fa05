"""Channels."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Count, Enum, Flag, Id, Json, Millis, SchemaIndex, SchemaModel, Text

TOWN_SQUARE = "town-square"
"""The name of the channel that everybody in a team is in."""


class Channel(SchemaModel):
    """A channel; ``type`` is O (public), P (private), D (direct) or G (group message).

    ``total_msg_count`` counts posts, ``total_msg_count_root`` those that are no replies. A direct
    channel's ``name`` is both user ids, sorted, joined by two underscores. Direct and group
    channels have no team.
    """

    id = Id(primary_key=True)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    team_id = Id()
    type = Enum(enum="channel_type")
    display_name = Text(max_length=64)
    name = Text(max_length=64)
    header = Text(max_length=1024)
    purpose = Text(max_length=250)
    last_post_at = Millis()
    total_msg_count = Count()
    extra_update_at = Millis()
    creator_id = Id()
    scheme_id = Id(null=True)
    group_constrained = Flag(null=True)
    shared = Flag(null=True)
    total_msg_count_root = Count()
    last_root_post_at = Millis(db_default=models.Value("0", output_field=models.CharField()))
    banner_info = Json(null=True)
    default_category_name = Text(max_length=64, required=True, db_default="")

    class Meta:
        db_table = "channels"
        constraints = [
            models.UniqueConstraint(fields=["name", "team_id"], name="channels_name_teamid_key"),
        ]
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_channels_create_at"),
            SchemaIndex(fields=["delete_at"], name="idx_channels_delete_at"),
            SchemaIndex(fields=["scheme_id"], name="idx_channels_scheme_id"),
            SchemaIndex(fields=["team_id", "display_name"], name="idx_channels_team_id_display_name"),
            SchemaIndex(fields=["team_id", "type"], name="idx_channels_team_id_type"),
            SchemaIndex(fields=["update_at"], name="idx_channels_update_at"),
        ]

    def __str__(self) -> str:
        return self.name


class PublicChannel(SchemaModel):
    """What is searched of a public channel; a copy that follows each change of the channel."""

    id = Id(primary_key=True)
    delete_at = Millis()
    team_id = Id()
    display_name = Text(max_length=64)
    name = Text(max_length=64)
    header = Text(max_length=1024)
    purpose = Text(max_length=250)

    class Meta:
        db_table = "publicchannels"
        constraints = [
            models.UniqueConstraint(fields=["name", "team_id"], name="publicchannels_name_teamid_key"),
        ]
        indexes = [
            SchemaIndex(fields=["delete_at"], name="idx_publicchannels_delete_at"),
            SchemaIndex(fields=["team_id"], name="idx_publicchannels_team_id"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupChannel(SchemaModel):
    """A group whose members are let into a channel (``auto_add``: put there)."""

    pk = models.CompositePrimaryKey("group_id", "channel_id")
    group_id = Id(required=True)
    auto_add = Flag()
    scheme_admin = Flag()
    create_at = Millis()
    delete_at = Millis()
    update_at = Millis()
    channel_id = Id(required=True)

    class Meta:
        db_table = "groupchannels"
        indexes = [
            SchemaIndex(fields=["channel_id"], name="idx_groupchannels_channelid"),
            SchemaIndex(fields=["scheme_admin"], name="idx_groupchannels_schemeadmin"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} → {self.channel_id}"
