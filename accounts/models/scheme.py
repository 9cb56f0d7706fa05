"""Permission schemes."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Id, Millis, SchemaIndex, SchemaModel, Text


class Scheme(SchemaModel):
    """Which roles the members of a team or channel get instead of the system's.

    ``scope`` is team, channel, playbook or run.
    """

    id = Id(primary_key=True)
    name = Text(max_length=64)
    display_name = Text(max_length=128)
    description = Text(max_length=1024)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    scope = Text(max_length=32)
    default_team_admin_role = Text(max_length=64)
    default_team_user_role = Text(max_length=64)
    default_channel_admin_role = Text(max_length=64)
    default_channel_user_role = Text(max_length=64)
    default_team_guest_role = Text(max_length=64)
    default_channel_guest_role = Text(max_length=64)
    default_playbook_admin_role = Text(max_length=64, db_default="")
    default_playbook_member_role = Text(max_length=64, db_default="")
    default_run_admin_role = Text(max_length=64, db_default="")
    default_run_member_role = Text(max_length=64, db_default="")

    class Meta:
        db_table = "schemes"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="schemes_name_key"),
        ]
        indexes = [
            SchemaIndex(fields=["default_channel_admin_role"], name="idx_schemes_channel_admin_role"),
            SchemaIndex(fields=["default_channel_guest_role"], name="idx_schemes_channel_guest_role"),
            SchemaIndex(fields=["default_channel_user_role"], name="idx_schemes_channel_user_role"),
        ]

    def __str__(self) -> str:
        return self.display_name
