"""Channels that users have looked at."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import require_user
from mattermost_site.api import ApiView
from mattermost_site.errors import InvalidBodyParam
from mattermost_site.ids import is_id
from messaging.actions.views import view_channels
from messaging.api.inputs import text_list


class ChannelView(ApiView):
    """What a user looks at now, and what before."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        require_user(self.actor, user_id)
        body = self.body("channel_view")
        channel_ids = [body.text(key) for key in ("channel_id", "prev_channel_id")]
        if not all(channel_id == "" or is_id(channel_id) for channel_id in channel_ids):
            raise InvalidBodyParam("channel_view")
        return _viewed(user_id, channel_ids, body.flag("collapsed_threads_supported"))


class ChannelsRead(ApiView):
    """Several channels that a user has read."""

    free_ids = ("user_id",)  # recorded: one that is no id is refused as somebody else's

    def post(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        user_id = self.actor.user_id if user_id == "me" else user_id
        require_user(self.actor, user_id)
        channel_ids = text_list(self)
        if not channel_ids:
            raise InvalidBodyParam("channel_ids")
        return _viewed(user_id, channel_ids, True)


def _viewed(user_id: str, channel_ids: list[str], collapsed_threads_supported: bool) -> dict[str, Any]:
    times = view_channels(
        user_id=user_id,
        channel_ids={channel_id for channel_id in channel_ids if channel_id},
        collapsed_threads_supported=collapsed_threads_supported,
    )
    return {"status": "OK", "last_viewed_at_times": times}
