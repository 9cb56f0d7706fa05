"""``manage.py endpoints``: how much of the API is served."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mattermost_site.api.endpoints import Endpoint, table

SERVED, MISSING, UNROUTED = "served", "missing", "unrouted"


def state_of(endpoint: Endpoint) -> str:
    """Whether an endpoint is served, missing, or unrouted (described, but nothing on the recorded servers either)."""
    if endpoint.is_served:
        return SERVED
    return MISSING if endpoint.routed else UNROUTED


class Command(BaseCommand):
    """Compares the site map with the table of the API's endpoints."""

    help = "Lists the endpoints of the API by area and whether the site map serves them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which rows to show."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--missing", action="store_const", const=MISSING, dest="state", help="only what is missing")
        which.add_argument(
            "--implemented", action="store_const", const=SERVED, dest="state", help="only what is served"
        )
        parser.add_argument("--area", help="only one area of the API, such as channels")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one table an area, then the totals."""
        endpoints = self._of_area(options["area"])
        for area, rows in groupby(endpoints, key=attrgetter("area")):
            self._print_area(area, list(rows), options["state"])
        self.stdout.write(f"total: {_summary(endpoints)}")

    def _of_area(self, area: str | None) -> Sequence[Endpoint]:
        if area is None:
            return table()
        endpoints = [endpoint for endpoint in table() if endpoint.area == area.lower()]
        if not endpoints:
            areas = sorted({endpoint.area for endpoint in table()})
            raise CommandError(f"There is no area {area}. Areas: {', '.join(areas)}")
        return endpoints

    def _print_area(self, area: str, endpoints: list[Endpoint], state: str | None) -> None:
        shown = [endpoint for endpoint in endpoints if state in (None, state_of(endpoint))]
        if not shown:
            return
        self.stdout.write(self.style.MIGRATE_HEADING(f"{area}: {_summary(endpoints)}"))
        width = max(len(endpoint.path) for endpoint in shown)
        for endpoint in shown:
            line = f"  {state_of(endpoint):9}{endpoint.method:7}{endpoint.path:{width + 2}}{endpoint.operation}"
            self.stdout.write(line)
        self.stdout.write("")


def _summary(endpoints: Sequence[Endpoint]) -> str:
    states = [state_of(endpoint) for endpoint in endpoints]
    wanted = len(states) - states.count(UNROUTED)
    return f"{states.count(SERVED)} of {wanted} served, {states.count(MISSING)} missing"
