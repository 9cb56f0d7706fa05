"""Who reviews posts that were reported."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Flag, Id, SchemaIndex, SchemaModel


class CommonReviewer(SchemaModel):
    """A user who reviews in every team that has no reviewers of its own."""

    user_id = Id(primary_key=True)

    class Meta:
        db_table = "contentflaggingcommonreviewers"

    def __str__(self) -> str:
        return self.user_id


class TeamReviewer(SchemaModel):
    """A user who reviews in one team."""

    pk = models.CompositePrimaryKey("team_id", "user_id")
    team_id = Id(required=True)
    user_id = Id(required=True)

    class Meta:
        db_table = "contentflaggingteamreviewers"
        indexes = [
            SchemaIndex(fields=["user_id"], name="idx_contentflaggingteamreviewers_userid"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.team_id}"


class TeamFlaggingSettings(SchemaModel):
    """Whether posts of a team may be reported; None follows the server's setting."""

    team_id = Id(primary_key=True)
    enabled = Flag(null=True)

    class Meta:
        db_table = "contentflaggingteamsettings"

    def __str__(self) -> str:
        return self.team_id
