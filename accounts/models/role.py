"""Roles."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Flag, Id, LongText, Millis, SchemaModel, Text


class Role(SchemaModel):
    """A named set of permissions.

    ``permissions`` are ids of permissions, each with a space before it.
    """

    id = Id(primary_key=True)
    name = Text(max_length=64)
    display_name = Text(max_length=128)
    description = Text(max_length=1024)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    permissions = LongText()
    scheme_managed = Flag()
    built_in = Flag()

    class Meta:
        db_table = "roles"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="roles_name_key"),
        ]

    def __str__(self) -> str:
        return self.name
