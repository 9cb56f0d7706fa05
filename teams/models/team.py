"""Teams and who is in them."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Enum, Flag, Id, Millis, SchemaIndex, SchemaModel, Text


class Team(SchemaModel):
    """A team; ``type`` is O (anybody may join) or I (by invitation).

    ``allowed_domains`` are e-mail domains, comma-separated. ``last_team_icon_update`` is 0 without a picture.
    """

    id = Id(primary_key=True)
    create_at = Millis()
    update_at = Millis()
    delete_at = Millis()
    display_name = Text(max_length=64)
    name = Text(max_length=64)
    description = Text(max_length=255)
    email = Text(max_length=128)
    type = Enum(enum="team_type")
    company_name = Text(max_length=64)
    allowed_domains = Text(max_length=1000)
    invite_id = Text(max_length=32)
    scheme_id = Id(null=True)
    allow_open_invite = Flag()
    last_team_icon_update = Millis()
    group_constrained = Flag(null=True)
    cloud_limits_archived = Flag(required=True, db_default=False)

    class Meta:
        db_table = "teams"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="teams_name_key"),
        ]
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_teams_create_at"),
            SchemaIndex(fields=["delete_at"], name="idx_teams_delete_at"),
            SchemaIndex(fields=["invite_id"], name="idx_teams_invite_id"),
            SchemaIndex(fields=["scheme_id"], name="idx_teams_scheme_id"),
            SchemaIndex(fields=["update_at"], name="idx_teams_update_at"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(SchemaModel):
    """A user in a team; the row stays with ``delete_at`` when the user leaves.

    ``roles`` holds explicit roles only; the ``scheme_*`` flags stand for those of the scheme.
    """

    pk = models.CompositePrimaryKey("team_id", "user_id")
    team_id = Id(required=True)
    user_id = Id(required=True)
    roles = Text(max_length=256)
    delete_at = Millis()
    scheme_user = Flag()
    scheme_admin = Flag()
    scheme_guest = Flag()
    create_at = Millis(db_default=0)

    class Meta:
        db_table = "teammembers"
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_teammembers_createat"),
            SchemaIndex(fields=["delete_at"], name="idx_teammembers_delete_at"),
            SchemaIndex(fields=["user_id"], name="idx_teammembers_user_id"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"


class GroupTeam(SchemaModel):
    """A group whose members are let into a team (``auto_add``: put there)."""

    pk = models.CompositePrimaryKey("group_id", "team_id")
    group_id = Id(required=True)
    auto_add = Flag()
    scheme_admin = Flag()
    create_at = Millis()
    delete_at = Millis()
    update_at = Millis()
    team_id = Id(required=True)

    class Meta:
        db_table = "groupteams"
        indexes = [
            SchemaIndex(fields=["scheme_admin"], name="idx_groupteams_schemeadmin"),
            SchemaIndex(fields=["team_id"], name="idx_groupteams_teamid"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} → {self.team_id}"
