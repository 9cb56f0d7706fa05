"""Outgoing webhooks as people manage them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from integrations.actions import outgoing_hooks as actions
from integrations.permissions import OUTGOING, access_outgoing_hook, whose_are_listed, whose_are_listed_in_channel
from integrations.queries import outgoing_hooks
from integrations.serializers import outgoing_hook_json
from mattermost_site import config
from mattermost_site.api import OK, ApiView, Body, created
from mattermost_site.errors import AppError, InvalidBodyParam
from teams.permissions import require_team


class OutgoingHookView(ApiView):
    """A view that answers only while outgoing webhooks are on."""

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not config.current().service.enable_outgoing_webhooks:
            raise AppError("api.outgoing_webhook.disabled.app_error", status=501)


class OutgoingHooks(OutgoingHookView):
    """The collection of outgoing webhooks."""

    def get(self, request: HttpRequest) -> list[dict[str, Any]]:
        query, team_id, channel_id = self.query, self.query.text("team_id"), self.query.text("channel_id")
        if channel_id:
            creator_id = whose_are_listed_in_channel(self.actor, channel_id)
        else:
            creator_id = whose_are_listed(self.actor, team_id, OUTGOING)
        rows = outgoing_hooks(team_id=team_id, channel_id=channel_id, creator_id=creator_id)
        start = query.page * query.per_page
        return [outgoing_hook_json(hook) for hook in rows[start : start + query.per_page]]

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = _wanted(self.body("outgoing_webhook"))
        require_team(self.actor, wanted.team_id, OUTGOING.own)
        hook = actions.create_outgoing_hook(actor=self.actor, wanted=wanted)
        return created(outgoing_hook_json(hook))


class OutgoingHookDetail(OutgoingHookView):
    """One outgoing webhook."""

    def get(self, request: HttpRequest, hook_id: str) -> dict[str, Any]:
        return outgoing_hook_json(access_outgoing_hook(self.actor, hook_id))

    def put(self, request: HttpRequest, hook_id: str) -> dict[str, Any]:
        body = self.body("outgoing_webhook")
        if body.text("id") != hook_id:
            raise InvalidBodyParam("hook_id")
        hook = access_outgoing_hook(self.actor, hook_id)
        return outgoing_hook_json(actions.change_outgoing_hook(hook=hook, wanted=_wanted(body)))

    def delete(self, request: HttpRequest, hook_id: str) -> dict[str, str]:
        actions.delete_outgoing_hook(hook=access_outgoing_hook(self.actor, hook_id))
        return OK


class OutgoingHookToken(OutgoingHookView):
    """The token that proves to a receiver who calls it."""

    def post(self, request: HttpRequest, hook_id: str) -> dict[str, Any]:
        return outgoing_hook_json(actions.renew_token(hook=access_outgoing_hook(self.actor, hook_id)))


def _wanted(body: Body) -> actions.WantedOutgoingHook:
    return actions.WantedOutgoingHook(
        team_id=body.text("team_id"),
        channel_id=body.text("channel_id"),
        creator_id=body.text("creator_id"),
        token=body.text("token"),
        trigger_words=body.texts("trigger_words"),
        trigger_when=body.number("trigger_when"),
        callback_urls=body.texts("callback_urls"),
        display_name=body.text("display_name"),
        description=body.text("description"),
        content_type=body.text("content_type"),
        username=body.text("username"),
        icon_url=body.text("icon_url"),
    )
