"""The page of a channel."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from accounts.permissions import Permission
from mattermost_site.config.site import cookie_path
from mattermost_site.errors import PermissionDenied
from mattermost_site.ids import is_id
from messaging.access import ChannelAccess
from messaging.actions.views import view_channels
from messaging.permissions import OPEN, access_content, finds_by_name, reads_content, sees_channel
from messaging.queries import pages
from messaging.queries.channels import NoSuchName, access_by_name
from messaging.queries.post_pages import Reading, around, latest
from messaging.queries.posts import post_or_404
from messaging.web.place import TeamPage, rendered
from messaging.web.post_views import arrange
from messaging.web.rendering import channel_address
from messaging.web.threads import thread_context
from teams.models import Team
from teams.web.choosing import COOKIE_TEAM

PER_PAGE = 50
COOKIE_AGE = 365 * 24 * 3600  # seconds


class TeamHome(TeamPage):
    """Leads to the channel that was looked at last."""

    def get(self, request: HttpRequest, team_name: str) -> HttpResponseBase:
        team = self.enter(team_name)
        channel = pages.last_channel_of(self.me.id, team.id)
        return HttpResponseRedirect(channel_address(team.name, channel.name if channel else "town-square"))


class ChannelPage(TeamPage):
    """A public, private or group channel with its latest posts; ``thread`` opens a thread beside them."""

    def get(self, request: HttpRequest, team_name: str, channel_name: str) -> HttpResponseBase:
        team = self.enter(team_name)
        access = access_by_name(self.me.id, team.id, channel_name, include_deleted=True)
        return self.page(team, self.readable(access))

    def readable(self, access: ChannelAccess) -> ChannelAccess:
        """``access``, if the person may know of the channel; the rule of the API's route by name."""
        if access.channel.type != OPEN and not finds_by_name(self.actor, access):
            raise NoSuchName
        if access.channel.type == OPEN and not sees_channel(self.actor, access):
            raise PermissionDenied(Permission.READ_CHANNEL)
        return access

    def page(self, team: Team, access: ChannelAccess) -> HttpResponseBase:
        """The page, with the posts if they may be read."""
        context = self.about(access)
        if reads_content(self.actor, access):
            context |= self.posts(team, access)
            context |= self.pane(team, access)
            view_channels(user_id=self.me.id, channel_ids=[access.channel.id], collapsed_threads_supported=False)
        # The sidebar comes last, so that it shows the channel as read.
        response = self.render("web/channel.html", {**self.workspace(team, access), **context})
        response.set_cookie(COOKIE_TEAM, team.name, max_age=COOKIE_AGE, path=cookie_path(), samesite="Lax")
        return response

    def posts(self, team: Team, access: ChannelAccess) -> dict[str, Any]:
        """The latest posts, with a line before what is new."""
        found = latest(access.channel.id, Reading(self.me.id, skip_threads=True), page=0, per_page=PER_PAGE)
        views = rendered(found, self.reader(team.name))
        arrange(views, last_viewed_at=access.member.last_viewed_at if access.member else None, me=self.me.id)
        return {"posts": views, "has_older": bool(found.prev_post_id)}

    def pane(self, team: Team, access: ChannelAccess) -> dict[str, Any]:
        """The thread that the address names, if it is one of this channel."""
        root_id = self.request.GET.get("thread", "")
        if not is_id(root_id):
            return {}
        return thread_context(self, root_id, team.name, channel_id=access.channel.id)


class Permalink(TeamPage):
    """Leads to a post: to its channel, and to its thread when it has one or the channel's page does not reach back."""

    def get(self, request: HttpRequest, team_name: str, post_id: str) -> HttpResponseBase:
        team = self.enter(team_name)
        if not is_id(post_id):
            raise NoSuchName
        post = post_or_404(post_id)
        channel = access_content(self.actor, post["channel_id"]).channel
        address, root_id = channel_address(team.name, channel.name), post["root_id"] or post["id"]
        newer = around(
            channel.id, Reading(self.me.id, skip_threads=True), post_id, older=False, page=0, per_page=PER_PAGE
        )
        with_thread = post["reply_count"] or len(newer.order) >= PER_PAGE
        return HttpResponseRedirect(f"{address}{f'?thread={root_id}' if with_thread else ''}#post-{post_id}")
