"""Incoming webhooks as people manage them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from integrations.actions import incoming_hooks as actions
from integrations.permissions import INCOMING, access_hook_channel, access_incoming_hook, whose_are_listed
from integrations.queries import incoming_hooks
from integrations.serializers import incoming_hook_json
from mattermost_site import config
from mattermost_site.api import OK, ApiView, Body, created
from mattermost_site.errors import AppError, InvalidBodyParam


class IncomingHookView(ApiView):
    """A view that answers only while incoming webhooks are on."""

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not config.current().service.enable_incoming_webhooks:
            raise AppError("api.incoming_webhook.disabled.app_error", status=501)


class IncomingHooks(IncomingHookView):
    """The collection of incoming webhooks."""

    def get(self, request: HttpRequest) -> Any:
        query, team_id = self.query, self.query.text("team_id")
        user_id = whose_are_listed(self.actor, team_id, INCOMING)
        rows = incoming_hooks(team_id=team_id, user_id=user_id)
        start = query.page * query.per_page
        hooks = [incoming_hook_json(hook) for hook in rows[start : start + query.per_page]]
        if not query.flag("include_total_count"):
            return hooks
        return {"incoming_webhooks": hooks, "total_count": rows.count()}

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = _wanted(self.body("incoming_webhook"))
        access = access_hook_channel(self.actor, wanted.channel_id, is_locked=wanted.channel_locked)
        hook = actions.create_incoming_hook(actor=self.actor, channel=access.channel, wanted=wanted)
        return created(incoming_hook_json(hook))


class IncomingHookDetail(IncomingHookView):
    """One incoming webhook."""

    def get(self, request: HttpRequest, hook_id: str) -> dict[str, Any]:
        return incoming_hook_json(access_incoming_hook(self.actor, hook_id))

    def put(self, request: HttpRequest, hook_id: str) -> HttpResponse:
        body = self.body("incoming_webhook")
        if body.text("id") != hook_id:
            raise InvalidBodyParam("hook_id")
        hook, wanted = access_incoming_hook(self.actor, hook_id), _wanted(body)
        actions.require_team_of_hook(hook, wanted.team_id)
        locked = wanted.channel_locked
        access = access_hook_channel(self.actor, wanted.channel_id, is_locked=locked, team_id=hook.team_id)
        changed = actions.change_incoming_hook(hook=hook, channel=access.channel, wanted=wanted)
        return created(incoming_hook_json(changed))  # 201, as recorded

    def delete(self, request: HttpRequest, hook_id: str) -> dict[str, str]:
        actions.delete_incoming_hook(hook=access_incoming_hook(self.actor, hook_id))
        return OK


def _wanted(body: Body) -> actions.WantedIncomingHook:
    return actions.WantedIncomingHook(
        channel_id=body.text("channel_id"),
        user_id=body.text("user_id"),
        team_id=body.text("team_id"),
        display_name=body.text("display_name"),
        description=body.text("description"),
        username=body.text("username"),
        icon_url=body.text("icon_url"),
        channel_locked=body.flag("channel_locked"),
    )
