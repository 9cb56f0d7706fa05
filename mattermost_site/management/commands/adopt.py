"""``manage.py adopt``: take over the database of a Mattermost server (docs/taking-over.md)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mattermost_site import adoption


class Command(BaseCommand):
    """Prepares an existing Mattermost database for this server; says each step."""

    help = "Takes over the database of a Mattermost server: our tables beside its own, its tokens as digests."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to look only."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Do it, or say what would be done."""
        (adoption.survey if dry_run else adoption.take_over)(self._say)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
