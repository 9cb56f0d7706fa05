"""Properties that a feature (custom profile attributes, content flagging) defines for users, posts or channels."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Enum, Id, Json, Millis, SchemaIndex, SchemaModel, Text


class PropertyGroup(SchemaModel):
    """A feature's name space of properties."""

    id = Id(primary_key=True)
    name = Text(max_length=64, required=True)

    class Meta:
        db_table = "propertygroups"
        constraints = [
            models.UniqueConstraint(fields=["name"], name="propertygroups_name_key"),
        ]

    def __str__(self) -> str:
        return self.name


class PropertyField(SchemaModel):
    """A property: its name, its type and, in ``attrs``, options and visibility."""

    id = Id(primary_key=True)
    group_id = Id(required=True)
    name = Text(max_length=255, required=True)
    type = Enum(enum="property_field_type")
    attrs = Json()
    target_id = Text(max_length=255)
    target_type = Text(max_length=255)
    create_at = Millis(required=True)
    update_at = Millis(required=True)
    delete_at = Millis(required=True)

    class Meta:
        db_table = "propertyfields"
        constraints = [
            models.UniqueConstraint(
                fields=["group_id", "target_id", "name"],
                condition=models.Q(delete_at=0),
                name="idx_propertyfields_unique",
            ),
        ]
        indexes = [
            SchemaIndex(fields=["create_at", "id"], name="idx_propertyfields_create_at_id"),
        ]

    def __str__(self) -> str:
        return self.name


class PropertyValue(SchemaModel):
    """What a property is for one target; ``value`` is any JSON that the field's type wants."""

    id = Id(primary_key=True)
    target_id = Text(max_length=255, required=True)
    target_type = Text(max_length=255, required=True)
    group_id = Id(required=True)
    field_id = Id(required=True)
    value = Json(required=True)
    create_at = Millis(required=True)
    update_at = Millis(required=True)
    delete_at = Millis(required=True)

    class Meta:
        db_table = "propertyvalues"
        constraints = [
            models.UniqueConstraint(
                fields=["group_id", "target_id", "field_id"],
                condition=models.Q(delete_at=0),
                name="idx_propertyvalues_unique",
            ),
        ]
        indexes = [
            SchemaIndex(fields=["create_at", "id"], name="idx_propertyvalues_create_at_id"),
            SchemaIndex(fields=["target_id", "group_id"], name="idx_propertyvalues_targetid_groupid"),
        ]

    def __str__(self) -> str:
        return f"{self.field_id} of {self.target_id}"
