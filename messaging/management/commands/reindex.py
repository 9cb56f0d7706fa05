"""``manage.py reindex``: index all posts for search anew."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from messaging.actions.search_index import IN_PROGRESS, continue_rebuild, start_rebuild

REPORT_EVERY = 2.0  # seconds


class Command(BaseCommand):
    """Indexes all posts and says how far it is; one that was cut off goes on where it was."""

    help = "Indexes all messages for search anew, while the server may go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who does the work."""
        parser.add_argument("--background", action="store_true", help="leave the work to the server's background jobs")

    def handle(self, *args: Any, background: bool, **options: Any) -> None:
        """Do it, or have it done."""
        job = start_rebuild(in_background=background)
        if background:
            self._say(f"Job {job.id} indexes {job.data['total']} messages in the background.")
            return
        while (state := continue_rebuild(job_id=job.id, seconds=REPORT_EVERY)) and state.status == IN_PROGRESS:
            self._say(f"{state.data['done']} of {state.data['total']} messages ({state.progress} %)")
        self._say(f"{state.data['done']} messages indexed: {state.status}" if state else "The job is gone.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
