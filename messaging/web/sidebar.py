"""The list of channels beside everything, and telling what was read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from mattermost_site.ids import is_id
from messaging.actions.views import view_channels
from messaging.queries import pages
from messaging.web.place import TeamPage


class SidebarPart(TeamPage):
    """The sidebar's lists alone, as they are now; ``current`` is the id of the channel that is open."""

    def get(self, request: HttpRequest, team_name: str) -> HttpResponseBase:
        team = self.enter(team_name)
        current_id = request.GET.get("current", "")
        current_id = current_id if is_id(current_id) else ""
        found = pages.sidebar(self.me.id, team.id, current_id=current_id)
        return self.render("web/_channels.html", {"sidebar": found, "team": team, "current_id": current_id})


class Viewed(TeamPage):
    """Marks a channel as read; one that the person is not in is passed over."""

    def post(self, request: HttpRequest, team_name: str, channel_id: str) -> HttpResponseBase:
        view_channels(user_id=self.me.id, channel_ids=[channel_id], collapsed_threads_supported=False)
        return HttpResponse(status=204)
