"""Presence of users."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.actions import status as actions
from accounts.permissions import require_user
from accounts.queries.statuses import status_objects
from accounts.serializers import status_json
from mattermost_site import config
from mattermost_site.api import ApiView
from mattermost_site.errors import AppError, InvalidBodyParam
from mattermost_site.ids import is_id


class UserStatus(ApiView):
    """The presence of one user; who has done nothing yet, and who does not exist, is offline (recorded)."""

    def get(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        if not config.current().service.enable_user_statuses:
            raise AppError("api.status.user_not_found.app_error", status=404)
        return status_objects([user_id])[0]

    def put(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        body = self.body("status")
        wanted, end = body.text("status"), body.number("dnd_end_time")
        if body.text("user_id") != user_id:
            raise InvalidBodyParam("user_id")
        require_user(self.actor, user_id)
        return status_json(actions.set_status(user_id=user_id, status=wanted, dnd_end_time=max(end, 0)))


class StatusesByIds(ApiView):
    """The presence of several users; clients ask this for everybody in sight, once a minute."""

    def post(self, request: HttpRequest) -> list[dict[str, Any]]:
        user_ids = self.texts("user_ids")
        if not user_ids or not all(map(is_id, user_ids)):
            raise InvalidBodyParam("user_ids")
        return status_objects(user_ids) if config.current().service.enable_user_statuses else []
