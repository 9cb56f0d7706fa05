"""Incoming webhooks: making, changing and deleting them (semantics §15)."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.queries import user_by_id
from integrations.models import IncomingWebhook
from integrations.permissions import INCOMING
from integrations.validation import check_incoming_hook
from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from messaging.models import Channel
from teams.permissions import require_team


@dataclass(frozen=True, slots=True)
class WantedIncomingHook:
    """What somebody asks for; ``user_id`` and ``team_id`` are empty unless asked for."""

    channel_id: str
    user_id: str = ""
    team_id: str = ""
    display_name: str = ""
    description: str = ""
    username: str = ""
    icon_url: str = ""
    channel_locked: bool = False


def create_incoming_hook(*, actor: Actor, channel: Channel, wanted: WantedIncomingHook) -> IncomingWebhook:
    """Make a webhook into a channel that the actor may have one lead to, for oneself or somebody else.

    Raises PermissionDenied, ``app.user.missing_account.const`` (404) and ``model.incoming_hook.…``.
    """
    if wanted.user_id not in ("", actor.user_id):
        require_team(actor, channel.team_id, INCOMING.others)
        user_by_id(wanted.user_id)
    now = clock.now()
    hook = IncomingWebhook(id=new_id(), create_at=now, user_id=wanted.user_id or actor.user_id)
    _fill(hook, channel, wanted, now)
    hook.save(force_insert=True)
    return hook


def change_incoming_hook(*, hook: IncomingWebhook, channel: Channel, wanted: WantedIncomingHook) -> IncomingWebhook:
    """Give a webhook all its fields anew, with a channel of its team; its owner stays.

    Raises ``api.webhook.team_mismatch.app_error`` and ``model.incoming_hook.…``.
    """
    require_team_of_hook(hook, wanted.team_id)
    _fill(hook, channel, wanted, clock.now())
    hook.save(force_update=True)
    return hook


def delete_incoming_hook(*, hook: IncomingWebhook) -> None:
    """End a webhook; its address is worth nothing from now on."""
    now = clock.now()
    IncomingWebhook.objects.filter(id=hook.id).update(delete_at=now, update_at=now)


def require_team_of_hook(hook: IncomingWebhook, team_id: str) -> None:
    """``api.webhook.team_mismatch.app_error`` when another team is asked for; none is as good as the same."""
    if team_id not in ("", hook.team_id):
        raise AppError("api.webhook.team_mismatch.app_error")


def _fill(hook: IncomingWebhook, channel: Channel, wanted: WantedIncomingHook, now: int) -> None:
    service = config.current().service
    hook.update_at = now
    hook.channel_id, hook.team_id = channel.id, channel.team_id
    hook.display_name, hook.description = wanted.display_name, wanted.description
    hook.username = wanted.username if service.enable_post_username_override else ""
    hook.icon_url = wanted.icon_url if service.enable_post_icon_override else ""
    hook.channel_locked = wanted.channel_locked
    check_incoming_hook(hook)
