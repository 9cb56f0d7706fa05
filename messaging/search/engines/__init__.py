"""The indexes that posts can be searched in; which one is used follows from the database."""

from __future__ import annotations

from django.db import connection

from messaging.search.engines import postgres, sqlite
from messaging.search.engines.base import Engine

__all__ = ["Engine", "engine"]


def engine() -> Engine:
    """The index of the database at hand."""
    return postgres.ENGINE if connection.vendor == "postgresql" else sqlite.ENGINE
