"""Durable work: a table of ours, which ``jobs.py`` fills and drains."""

from __future__ import annotations

from django.db import models


class Outbox(models.Model):
    """Work that must happen outside, written in the transaction that causes it; times in ms.

    ``kind`` is ``<app>.<function>`` of the app's tasks, ``key`` tells work that need not be doubled.
    ``state`` is waiting, running (until ``locked_until``) or dead.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=128)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=128, default="", blank=True)
    run_at = models.BigIntegerField(default=0)
    attempts = models.IntegerField(default=0)
    state = models.CharField(max_length=16, default="waiting")
    locked_until = models.BigIntegerField(default=0)
    last_error = models.TextField(default="", blank=True)
    create_at = models.BigIntegerField(default=0)

    class Meta:
        db_table = "site_outbox"
        indexes = [models.Index(fields=["state", "run_at"], name="site_outbox_state_run_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
