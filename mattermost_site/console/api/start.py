"""What clients ask for on their first page: limits, notices, plug-ins, assistants."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from mattermost_site import clock
from mattermost_site.api import OK, ApiView
from mattermost_site.console.permissions import may
from mattermost_site.errors import AppError, InvalidBodyParam
from mattermost_site.models import ProductNoticeView

NOTICE_CLIENTS = frozenset({"web", "desktop", "mobile-ios", "mobile-android"})


class ServerLimits(ApiView):
    """Limits of the installation: there are none. Who may see user numbers is told how many are active."""

    def get(self, request: HttpRequest) -> dict[str, int]:
        sees = may(self.actor)("sysconsole_read_user_management_users")
        return {
            "maxUsersLimit": 0,
            "maxUsersHardLimit": 0,
            "activeUserCount": User.objects.filter(delete_at=0).count() if sees else 0,
            "postHistoryLimit": 0,
            "lastAccessiblePostTime": 0,
            "singleChannelGuestCount": 0,
            "singleChannelGuestLimit": 0,
        }


class Notices(ApiView):
    """Notices about the product: this one has none to make."""

    def get(self, request: HttpRequest, team_id: str) -> list[Any]:
        if self.query.text("client") not in NOTICE_CLIENTS:
            raise InvalidBodyParam("client")
        return []


class NoticesViewed(ApiView):
    """Remembers which notices a user has seen, so that another server on this database does not repeat them."""

    def put(self, request: HttpRequest) -> dict[str, str]:
        now = clock.now() // clock.SECOND
        with transaction.atomic():
            for notice in self.texts("notices"):
                row, is_new = ProductNoticeView.objects.get_or_create(
                    user_id=self.actor.user_id, notice_id=notice[:26], defaults={"viewed": 1, "timestamp": now}
                )
                if not is_new:
                    row.viewed, row.timestamp = row.viewed + 1, now
                    row.save(update_fields=["viewed", "timestamp"])
        return OK


class WebappPlugins(ApiView):
    """Plug-ins with a web part: plug-ins are off."""

    public = True

    def get(self, request: HttpRequest) -> None:
        raise AppError("app.plugin.disabled.app_error", status=501)


class Agents(ApiView):
    """Assistants: there are none."""

    def get(self, request: HttpRequest) -> list[Any]:
        return []


class AgentsStatus(ApiView):
    """Whether assistants can be used."""

    def get(self, request: HttpRequest) -> dict[str, bool]:
        return {"available": False}


class PreviousTrial(ApiView):
    """The trial licence that there was once: there is nothing to try, because every feature is on."""

    def get(self, request: HttpRequest) -> None:
        raise AppError("api.license.upgrade_needed.app_error", status=403)
