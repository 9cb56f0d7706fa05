"""Groups of users."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Flag, Id, Millis, SchemaIndex, SchemaModel, Text


class Group(SchemaModel):
    """A group from a directory (``source`` ldap, ``remote_id`` its id there) or made here (``source`` custom).

    ``name`` is what a mention says; None while the group may not be mentioned.
    """

    id = Id(primary_key=True)
    name = Text(max_length=64, null=True)
    display_name = Text(max_length=128)
    description = Text(max_length=1024)
    source = Text(max_length=64)
    remote_id = Text(max_length=48, null=True)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    allow_reference = Flag()

    class Meta:
        db_table = "usergroups"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="usergroups_name_key"),
            models.UniqueConstraint(fields=["source", "remote_id"], name="usergroups_source_remoteid_key"),
        ]
        indexes = [
            SchemaIndex(fields=["delete_at"], name="idx_usergroups_delete_at"),
            SchemaIndex(fields=["display_name"], name="idx_usergroups_displayname"),
            SchemaIndex(fields=["remote_id"], name="idx_usergroups_remote_id"),
        ]

    def __str__(self) -> str:
        return self.display_name


class GroupMember(SchemaModel):
    """A user in a group; ``delete_at`` is when the user left, 0 for members."""

    pk = models.CompositePrimaryKey("group_id", "user_id")
    group_id = Id(required=True)
    user_id = Id(required=True)
    create_at = Millis()
    delete_at = Millis()

    class Meta:
        db_table = "groupmembers"
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_groupmembers_create_at"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.group_id}"
