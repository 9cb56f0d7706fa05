"""What users have not read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission, require_user
from mattermost_site.api import ApiView
from mattermost_site.errors import InvalidBodyParam
from messaging.actions.set_unread import set_unread
from messaging.permissions import access_channel
from messaging.post_access import access_by_post
from messaging.queries import unreads
from messaging.queries.posts import post_or_404
from teams.permissions import require_team


class ChannelUnread(ApiView):
    """What a user has not read of a channel."""

    def get(self, request: HttpRequest, user_id: str, channel_id: str) -> dict[str, Any]:
        require_user(self.actor, user_id)
        access_channel(self.actor, channel_id, Permission.READ_CHANNEL)
        return unreads.channel_unread(user_id, channel_id)


class PostSetUnread(ApiView):
    """A post from which on a channel is to be unread."""

    def post(self, request: HttpRequest, user_id: str, post_id: str) -> dict[str, Any]:
        require_user(self.actor, user_id)
        access = access_by_post(self.actor, post_id, Permission.READ_CHANNEL_CONTENT)
        post = post_or_404(post_id)
        return set_unread(
            user_id=user_id, post=post, channel=access.channel, collapsed_threads_supported=self.collapsed()
        )

    def collapsed(self) -> bool:
        """What the body says of the client's threads; one that cannot be read counts as empty (recorded)."""
        try:
            return self.body("").flag("collapsed_threads_supported")
        except InvalidBodyParam:
            return False


class TeamsUnread(ApiView):
    """What a user has not read in each team."""

    def get(self, request: HttpRequest, user_id: str) -> list[dict[str, Any]]:
        require_user(self.actor, user_id)
        # Any team to leave out, also none of the user's, makes direct messages be counted (recorded).
        excluded = self.query.text("exclude_team")
        found = unreads.teams_unread(
            user_id,
            with_direct=bool(excluded),
            with_threads=self.query.flag("include_collapsed_threads"),
        )
        return [counts for counts in found if not excluded or counts["team_id"] != excluded]


class TeamUnread(ApiView):
    """What a user has not read in one team."""

    def get(self, request: HttpRequest, user_id: str, team_id: str) -> dict[str, Any]:
        require_user(self.actor, user_id)
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        return unreads.team_unread(user_id, team_id)
