"""Configuration kept in the database: a table of ours."""

from __future__ import annotations

from django.db import models


class ConfigRevision(models.Model):
    """One state of the configuration; ``value`` is the whole JSON object, ``active`` marks the one in force."""

    id = models.CharField(max_length=26, primary_key=True)
    value = models.TextField()
    create_at = models.BigIntegerField()
    active = models.BooleanField(default=False)
    author_id = models.CharField(max_length=26, default="", blank=True)

    class Meta:
        db_table = "site_configurations"

    def __str__(self) -> str:
        return self.id
