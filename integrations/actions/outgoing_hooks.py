"""Outgoing webhooks: making, changing and deleting them (semantics §17)."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from accounts.queries import user_by_id
from integrations.listening import forget_listeners
from integrations.models import OutgoingWebhook
from integrations.permissions import OUTGOING
from integrations.validation import TOKEN_LIMIT, check_outgoing_hook
from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError, InvalidBodyParam
from mattermost_site.ids import new_id
from messaging.models import Channel
from messaging.permissions import OPEN
from teams.models import Team
from teams.permissions import require_team


@dataclass(frozen=True, slots=True)
class WantedOutgoingHook:
    """What somebody asks for; ``creator_id`` and ``token`` are empty unless asked for."""

    team_id: str = ""
    channel_id: str = ""
    creator_id: str = ""
    token: str = ""
    trigger_words: list[str] = field(default_factory=list)
    trigger_when: int = 0
    callback_urls: list[str] = field(default_factory=list)
    display_name: str = ""
    description: str = ""
    content_type: str = ""
    username: str = ""
    icon_url: str = ""


def create_outgoing_hook(*, actor: Actor, wanted: WantedOutgoingHook) -> OutgoingWebhook:
    """Make a webhook for a team in which the actor may, for oneself or somebody else.

    Raises PermissionDenied, ``app.user.missing_account.const`` (404), ``app.channel.get.existing.app_error``
    (404), ``api.outgoing_webhook.disabled.app_error`` (403) for a channel that is not public,
    ``api.webhook.create_outgoing.permissions.app_error`` (403) for one of another team, ``….triggers…``,
    ``….intersect…`` and ``model.outgoing_hook.…``.
    """
    if wanted.creator_id not in ("", actor.user_id):
        require_team(actor, wanted.team_id, OUTGOING.others)
        user_by_id(wanted.creator_id)
    _check_channel(wanted, wanted.team_id, not_open="api.outgoing_webhook.disabled.app_error")
    now = clock.now()
    hook = OutgoingWebhook(id=new_id(), token=new_id(), create_at=now, team_id=wanted.team_id)
    hook.creator_id = wanted.creator_id or actor.user_id
    _fill(hook, wanted, now)
    _store(hook, overlap="api.webhook.create_outgoing.intersect.app_error", is_new=True)
    return hook


def change_outgoing_hook(*, hook: OutgoingWebhook, wanted: WantedOutgoingHook) -> OutgoingWebhook:
    """Give a webhook all its fields anew, as recorded also its token; its creator and its team stay.

    Raises ``api.webhook.team_mismatch.app_error``, ``api.webhook.create_outgoing.not_open.app_error`` (403),
    ``api.webhook.update_outgoing.intersect.app_error``, and else as creation does.
    """
    if wanted.team_id not in ("", hook.team_id):
        raise AppError("api.webhook.team_mismatch.app_error")
    if len(wanted.token) > TOKEN_LIMIT:
        raise InvalidBodyParam("outgoing_webhook", "token")
    _check_channel(wanted, hook.team_id, not_open="api.webhook.create_outgoing.not_open.app_error")
    _fill(hook, wanted, clock.now())
    hook.token = wanted.token
    _store(hook, overlap="api.webhook.update_outgoing.intersect.app_error")
    return hook


def renew_token(*, hook: OutgoingWebhook) -> OutgoingWebhook:
    """Give a webhook another token to prove itself with."""
    hook.token, hook.update_at = new_id(), clock.now()
    hook.save(force_update=True, update_fields=["token", "update_at"])
    return hook


def delete_outgoing_hook(*, hook: OutgoingWebhook) -> None:
    """End a webhook: nothing is sent any more, not even what waits already."""
    now = clock.now()
    with transaction.atomic():
        OutgoingWebhook.objects.filter(id=hook.id).update(delete_at=now, update_at=now)
        forget_listeners([hook.team_id])


def _check_channel(wanted: WantedOutgoingHook, team_id: str, *, not_open: str) -> None:
    if not wanted.channel_id:
        if not wanted.trigger_words:
            raise AppError("api.webhook.create_outgoing.triggers.app_error")
        return
    channel = Channel.objects.filter(id=wanted.channel_id).first()
    if channel is None:
        raise AppError("app.channel.get.existing.app_error", status=404)
    if channel.type != OPEN:
        raise AppError(not_open, status=403)
    if channel.team_id != team_id:
        raise AppError("api.webhook.create_outgoing.permissions.app_error", status=403)


def _fill(hook: OutgoingWebhook, wanted: WantedOutgoingHook, now: int) -> None:
    hook.update_at = now
    hook.channel_id = wanted.channel_id
    hook.trigger_words, hook.trigger_when = wanted.trigger_words, wanted.trigger_when
    hook.callback_urls = wanted.callback_urls
    hook.display_name, hook.description = wanted.display_name, wanted.description
    hook.content_type = wanted.content_type
    hook.username, hook.icon_url = wanted.username, wanted.icon_url
    check_outgoing_hook(hook)


def _store(hook: OutgoingWebhook, *, overlap: str, is_new: bool = False) -> None:
    """Save a webhook unless another one of the same channel would be called for the same word at the same address."""
    words, addresses = set(hook.trigger_words), set(hook.callback_urls)
    with transaction.atomic():
        # The team's row is locked, so that two people cannot make the same one at the same time.
        Team.objects.select_for_update().filter(id=hook.team_id).exists()
        others = OutgoingWebhook.objects.filter(team_id=hook.team_id, channel_id=hook.channel_id, delete_at=0)
        for other in others.exclude(id=hook.id):
            if words & set(other.trigger_words) and addresses & set(other.callback_urls):
                raise AppError(overlap)
        hook.save(force_insert=is_new, force_update=not is_new)
        forget_listeners([hook.team_id])
