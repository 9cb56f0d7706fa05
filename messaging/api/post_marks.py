"""What a user notes about a post: reminders and acknowledgements."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission, require_user
from mattermost_site.api import OK, ApiView
from mattermost_site.errors import InvalidBodyParam
from messaging.actions import acknowledgements
from messaging.actions.reminders import set_reminder
from messaging.post_access import access_by_post


class PostReminders(ApiView):
    """Being reminded of a post."""

    def post(self, request: HttpRequest, user_id: str, post_id: str) -> dict[str, str]:
        require_user(self.actor, user_id)
        access = access_by_post(self.actor, post_id, Permission.READ_CHANNEL_CONTENT)
        body = self.body("target_time")
        time = body.number("target_time")
        if time <= 0:
            raise InvalidBodyParam("target_time")
        set_reminder(user_id=user_id, post_id=post_id, access=access, target_time=time)
        return OK


class PostAcknowledgements(ApiView):
    """Confirming that one has read a post."""

    def post(self, request: HttpRequest, user_id: str, post_id: str) -> dict[str, Any]:
        require_user(self.actor, user_id)
        access = access_by_post(self.actor, post_id, Permission.READ_CHANNEL_CONTENT)
        return acknowledgements.acknowledge(user_id=user_id, post_id=post_id, access=access)

    def delete(self, request: HttpRequest, user_id: str, post_id: str) -> dict[str, str]:
        require_user(self.actor, user_id)
        access = access_by_post(self.actor, post_id, Permission.READ_CHANNEL_CONTENT)
        acknowledgements.take_back(user_id=user_id, post_id=post_id, access=access)
        return OK
