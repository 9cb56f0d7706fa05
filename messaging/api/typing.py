"""That somebody writes."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.permissions import Permission, require_system
from mattermost_site.api import ApiView
from mattermost_site.api.responses import OK
from messaging.actions.typing import announce_typing
from messaging.permissions import access_channel


class UserTyping(ApiView):
    """A user's writing in a channel or thread; the same as the socket's ``user_typing``."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        body = self.body("typing")
        channel_id, parent_id = body.text("channel_id"), body.text("parent_id")
        if user_id != self.actor.user_id:
            require_system(self.actor, Permission.MANAGE_SYSTEM)
        access = access_channel(self.actor, channel_id, Permission.CREATE_POST)
        announce_typing(user_id=user_id, access=access, parent_id=parent_id)
        return OK
