"""What the installation knows of itself."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Blob, Count, Id, Millis, Number, SchemaModel, Text


class System(SchemaModel):
    """One fact about the installation, by name."""

    name = Text(max_length=64, primary_key=True)
    value = Text(max_length=1024)

    class Meta:
        db_table = "systems"

    def __str__(self) -> str:
        return self.name


class DbMigration(SchemaModel):
    """A change of the schema that the other server has made."""

    version = Count(primary_key=True)
    name = Text(required=True)

    class Meta:
        db_table = "db_migrations"

    def __str__(self) -> str:
        return f"{self.version} {self.name}"


class DbLock(SchemaModel):
    """A lock that one server of a cluster holds until ``expire_at``."""

    id = Text(max_length=64, primary_key=True)
    expire_at = Millis()

    class Meta:
        db_table = "db_lock"

    def __str__(self) -> str:
        return self.id


class ClusterDiscovery(SchemaModel):
    """A server of the cluster and when it was last heard of."""

    id = Id(primary_key=True)
    type = Text(max_length=64)
    cluster_name = Text(max_length=64)
    hostname = Text(max_length=512)
    gossip_port = Number()
    port = Number()
    create_at = Millis()
    last_ping_at = Millis()

    class Meta:
        db_table = "clusterdiscovery"

    def __str__(self) -> str:
        return self.hostname


class License(SchemaModel):
    """A licence that somebody uploaded; nothing here depends on one."""

    id = Id(primary_key=True)
    create_at = Millis()
    bytes = Text(max_length=10000)

    class Meta:
        db_table = "licenses"

    def __str__(self) -> str:
        return self.id


class PluginKeyValue(SchemaModel):
    """A value that a plugin keeps, until ``expire_at`` unless that is 0."""

    pk = models.CompositePrimaryKey("plugin_id", "pkey")
    plugin_id = Text(max_length=190, required=True)
    pkey = Text(max_length=150, required=True)
    pvalue = Blob()
    expire_at = Millis()

    class Meta:
        db_table = "pluginkeyvaluestore"

    def __str__(self) -> str:
        return f"{self.plugin_id}/{self.pkey}"
