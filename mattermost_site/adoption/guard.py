"""What stands between a server and a database that nobody took over."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.db import connection

from mattermost_site.adoption import marks, tokens
from mattermost_site.adoption.inspection import has_table, place, schema_version


def refuse_unadopted() -> None:
    """CommandError when another server made the tables and ``adopt`` has not yet taken them over in full."""
    if connection.vendor != "postgresql" or not schema_version():
        return
    if marks.unmarked():
        raise CommandError(
            f"The {place()} was made by Mattermost and is not taken over yet; back it up, stop Mattermost and run "
            "`manage.py adopt` first."
        )


def refuse_plain_tokens() -> None:
    """CommandError when tokens are in clear: ``adopt`` was interrupted, or Mattermost has worked here since."""
    if connection.vendor == "postgresql" and has_table("sessions") and tokens.any_in_clear():
        raise CommandError(
            f"The {place()} holds sign-ins that Mattermost has made; stop Mattermost and run `manage.py adopt` again, "
            "so that people stay signed in."
        )
