"""Attribute-based access control."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Flag, Id, Json, Millis, Number, SchemaModel, Text


class AccessControlPolicy(SchemaModel):
    """The rules in force on a channel (``type`` channel) or shared by several (``type`` parent)."""

    id = Id(primary_key=True)
    name = Text(max_length=128, required=True)
    type = Text(max_length=128, required=True)
    active = Flag(required=True)
    create_at = Millis(required=True)
    revision = Number(required=True)
    version = Text(max_length=8, required=True)
    data = Json()
    props = Json()

    class Meta:
        db_table = "accesscontrolpolicies"

    def __str__(self) -> str:
        return self.name


class AccessControlPolicyRevision(SchemaModel):
    """An earlier revision of a policy."""

    pk = models.CompositePrimaryKey("id", "revision")
    id = Id(required=True)
    name = Text(max_length=128, required=True)
    type = Text(max_length=128, required=True)
    create_at = Millis(required=True)
    revision = Number(required=True)
    version = Text(max_length=8, required=True)
    data = Json()
    props = Json()

    class Meta:
        db_table = "accesscontrolpolicyhistory"

    def __str__(self) -> str:
        return f"{self.name} r{self.revision}"
