"""Where a person is: the team, its sidebar, the channel."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import user_by_id
from accounts.web.base import Page
from mattermost_site import config
from messaging.access import ChannelAccess
from messaging.permissions import DIRECT, GROUP, may_post, reads_content
from messaging.queries import pages
from messaging.queries.channel_members import active_counts
from messaging.queries.post_pages import PostList
from messaging.web.post_views import PostView
from messaging.web.rendering import Reader, Renderer, excerpt, hue_of
from teams.models import Team
from teams.permissions import require_team, sees_invite_id
from teams.queries import team_by_name

COOKIE_ZONE = "WEBTZ"  # set by the script: the name of the browser's time zone


def zone_of(request: HttpRequest, user: User) -> tzinfo:
    """The time zone to show times in: the browser's, else the one in the person's settings, else UTC."""
    chosen = user.timezone
    key = "automaticTimezone" if chosen.get("useAutomaticTimezone") == "true" else "manualTimezone"
    for name in (unquote(request.COOKIES.get(COOKIE_ZONE, "")), chosen.get(key, "")):
        try:
            return ZoneInfo(name) if name else UTC
        except (ValueError, OSError):  # unknown names, and such as look like paths
            continue
    return UTC


class TeamPage(Page):
    """A page, or a part of one, inside a team."""

    def enter(self, team_name: str) -> Team:
        """The team, when the person is in it or may look at it."""
        team = team_by_name(team_name)
        require_team(self.actor, team.id, Permission.VIEW_TEAM)
        return team

    def reader(self, team_name: str) -> Reader:
        """For whom posts are rendered."""
        return Reader(self.me.id, self.me.username, team_name, zone_of(self.request, self.me))

    def workspace(self, team: Team, access: ChannelAccess | None = None) -> dict[str, Any]:
        """What the frame around every page of a team shows."""
        current_id = access.channel.id if access else ""
        return {
            "team": team,
            "team_hue": hue_of(team.id),
            "sidebar": pages.sidebar(self.me.id, team.id, current_id=current_id),
            "current_id": current_id,
            "can_invite": sees_invite_id(self.actor, team.id),
            "socket": config.current().service.websocket_url or "",
            "my_hue": hue_of(self.me.id),
        }

    def about(self, access: ChannelAccess) -> dict[str, Any]:
        """What the header of a channel shows, and what may be done there."""
        channel = access.channel
        partner = user_by_id(pages.partner_of(channel, self.me.id)) if channel.type == DIRECT else None
        is_direct = channel.type in (DIRECT, GROUP)
        return {
            "channel": channel,
            "partner": partner,
            "title": partner.username if partner else channel.display_name,
            "full_name": partner.get_full_name() if partner and config.current().privacy.show_full_name else "",
            "is_direct": is_direct,
            "is_member": access.member is not None,
            "may_read": reads_content(self.actor, access),
            "may_post": may_post(self.actor, access) and not channel.delete_at and access.member is not None,
            "member_count": 0 if is_direct else active_counts([channel.id])[channel.id],
            "may_leave": access.member is not None and not is_direct and channel.name != "town-square",
        }


def rendered(found: PostList, reader: Reader) -> list[PostView]:
    """The posts that were asked for, from old to new; replies say what they answer."""
    renderer = Renderer(reader, found.posts.values())
    views = []
    for post_id in reversed(found.order):
        post = found.posts[post_id]
        view = renderer.view(post)
        root = found.posts.get(post["root_id"]) if post["root_id"] else None
        if root:
            author = renderer.authors.get(root["user_id"])
            view.answers = f"{author.username if author else ''}: {excerpt(root['message'])}"
        views.append(view)
    return views
