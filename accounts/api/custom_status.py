"""Custom statuses: an emoji and a text beside the name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.actions import custom_status as actions
from accounts.custom_status import custom_status_from
from accounts.permissions import require_user
from mattermost_site import config
from mattermost_site.api import OK, ApiView
from mattermost_site.errors import AppError, InvalidBodyParam


class CustomStatusView(ApiView):
    """A view that answers only while custom statuses are on (``TeamSettings.EnableCustomUserStatuses``)."""

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not config.current().team.enable_custom_user_statuses:
            raise AppError("api.custom_status.disabled", status=501)


class UserCustomStatus(CustomStatusView):
    """The custom status of a user."""

    def put(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        wanted = custom_status_from(self.body("custom_status"))
        if not (wanted.emoji or wanted.text) or not wanted.has_sound_end():
            raise InvalidBodyParam("custom_status")
        require_user(self.actor, user_id)
        actions.set_custom_status(user_id=user_id, status=wanted.completed())
        return OK

    def delete(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_user(self.actor, user_id)
        actions.clear_custom_status(user_id=user_id)
        return OK


class _Recent(CustomStatusView):
    """The recent custom statuses of a user."""

    def remove(self, user_id: str) -> dict[str, str]:
        """Take the one that the body names out of them."""
        wanted = custom_status_from(self.body("recent_custom_status"))
        require_user(self.actor, user_id)
        actions.remove_recent(user_id=user_id, status=wanted)
        return OK


class RecentCustomStatus(_Recent):
    """Takes one out."""

    def delete(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        return self.remove(user_id)


class RecentCustomStatusDelete(_Recent):
    """The same for clients that can send no body with DELETE."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        return self.remove(user_id)
