"""``manage.py migrate``: Django's, kept off a database that another server made and nobody took over."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from mattermost_site import adoption


class Command(migrate.Command):
    """Refuses tables that are there already, with a sentence instead of a traceback."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, unless ``manage.py adopt`` has to come first."""
        adoption.refuse_unadopted()
        super().handle(*args, **options)
