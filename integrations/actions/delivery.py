"""What arrives at an incoming webhook becomes posts (semantics §15)."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import user_by_id
from integrations.actions.messages import Sender, actor_for, post_message
from integrations.models import IncomingWebhook
from integrations.payloads import Payload
from integrations.queries import incoming_hook_by_id
from mattermost_site import config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError, PermissionDenied
from messaging.access import ChannelAccess, load_access
from messaging.actions.direct import open_direct
from messaging.models import Channel
from messaging.permissions import OPEN, allows


class Undelivered(AppError):
    """A message that an incoming webhook did not take; senders are told the status, but not why."""

    id = "web.incoming_webhook.general.app_error"


def deliver(*, hook_id: str, payload: Payload) -> None:
    """Post a message through an incoming webhook, in the name of its owner, whatever has become of the account.

    Raises Undelivered: 501 when incoming webhooks are off, 400 for unknown webhooks, people and
    messages without text and attachments, 403 for channels out of bounds, 404 for unknown ones.
    """
    try:
        _deliver(hook_id, payload)
    except Undelivered:
        raise
    except AppError as error:
        raise Undelivered(status=error.status, detailed=error.id) from error


def _deliver(hook_id: str, payload: Payload) -> None:
    if not config.current().service.enable_incoming_webhooks:
        raise Undelivered(status=501)
    if not payload.text and not payload.attachments:
        raise Undelivered
    hook = _hook(hook_id)
    actor = actor_for(user_by_id(hook.user_id))
    access = _place(actor, hook, payload.channel)
    if access.channel.type != OPEN and not allows(actor, access, Permission.READ_CHANNEL_CONTENT):
        raise PermissionDenied(Permission.READ_CHANNEL_CONTENT)
    sender = Sender(hook.display_name, hook.username, hook.icon_url)
    post_message(actor=actor, access=access, payload=payload, sender=sender)


def _hook(hook_id: str) -> IncomingWebhook:
    try:
        return incoming_hook_by_id(hook_id)
    except AppError as error:
        raise Undelivered(detailed=error.id) from error


def _place(actor: Actor, hook: IncomingWebhook, wanted: str) -> ChannelAccess:
    """Where a message goes: the webhook's channel, or one that the message names, or a direct one."""
    if wanted.startswith("@"):
        other = User.objects.filter(username=wanted[1:].lower()).first()
        if other is None:
            raise Undelivered
        if hook.channel_locked:
            raise PermissionDenied
        channel_id = open_direct(user_id=actor.user_id, other_id=other.id).id
    elif wanted:
        channel_id = _named(hook.team_id, wanted.removeprefix("#"))
    else:
        channel_id = hook.channel_id
    if hook.channel_locked and channel_id not in ("", hook.channel_id):
        raise PermissionDenied
    access = load_access(actor.user_id, channel_id) if channel_id else None
    if access is None:
        raise Undelivered(status=404)
    return access


def _named(team_id: str, name: str) -> str:
    """The id of a channel of the team that is not archived, ``""`` when there is none."""
    rows = Channel.objects.filter(team_id=team_id, name=name, delete_at=0) if name else Channel.objects.none()
    return rows.values_list("id", flat=True).first() or ""
