"""Numbers about the installation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from django.http import HttpRequest

from mattermost_site.api import ApiView
from mattermost_site.console import statistics
from mattermost_site.console.permissions import Permission, require_system
from mattermost_site.errors import InvalidBodyParam

FORMS: Mapping[str, Callable[[str], statistics.Rows]] = MappingProxyType(
    {
        "standard": statistics.standard,
        "post_counts_day": statistics.posts_by_day,
        "bot_post_counts_day": partial(statistics.posts_by_day, of_bots=True),
        "user_counts_with_posts_day": statistics.people_with_posts_by_day,
    }
)


class Analytics(ApiView):
    """Numbers of one kind (``name``), of everything or of a team (``team_id``)."""

    def get(self, request: HttpRequest) -> statistics.Rows:
        name, team_id = self.query.text("name") or "standard", self.query.text("team_id")
        require_system(self.actor, Permission.GET_ANALYTICS)
        if name not in FORMS:
            raise InvalidBodyParam("name")
        return FORMS[name](team_id)
