"""Drafts of the caller."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Permission
from mattermost_site import config
from mattermost_site.api import OK, ApiView, created
from mattermost_site.errors import AppError
from messaging.actions import drafts as actions
from messaging.permissions import access_for_posting
from messaging.queries.drafts import drafts_of
from teams.permissions import require_team


class _DraftView(ApiView):
    """Refuses everybody when drafts are turned off."""

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not config.current().service.allow_synced_drafts:
            raise AppError("api.drafts.disabled.app_error", status=501)

    @property
    def connection_id(self) -> str:
        """The connection of the client, which need not be told of what it does."""
        return self.request.headers.get("Connection-Id", "")


class Drafts(_DraftView):
    """The collection of drafts."""

    def post(self, request: HttpRequest) -> HttpResponse:
        body = self.body("draft")
        wanted = actions.NewDraft(
            message=body.text("message"),
            root_id=body.text("root_id"),
            create_at=body.number("create_at"),
            props=body.object("props") or {},
            file_ids=body.texts("file_ids"),
            priority=body.object("priority"),
        )
        access = access_for_posting(self.actor, body.text("channel_id"))
        return created(
            actions.save_draft(actor=self.actor, access=access, wanted=wanted, connection_id=self.connection_id)
        )


class TeamDrafts(_DraftView):
    """The caller's drafts in a team, whoever is named; null when there are none."""

    free_ids = ("team_id",)

    def get(self, request: HttpRequest, user_id: str, team_id: str) -> list[dict[str, Any]] | None:
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        return drafts_of(self.actor.user_id, team_id) or None


class DraftDetail(_DraftView):
    """The caller's draft in a channel, or in a thread there, whoever is named."""

    free_ids = ("channel_id", "thread_id")

    def delete(self, request: HttpRequest, user_id: str, channel_id: str, thread_id: str = "") -> dict[str, str]:
        actions.delete_draft(
            actor=self.actor, channel_id=channel_id, root_id=thread_id, connection_id=self.connection_id
        )
        return OK
