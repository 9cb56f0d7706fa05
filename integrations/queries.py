"""Reads of webhooks and slash commands."""

from __future__ import annotations

from django.db.models import QuerySet

from integrations.errors import NoSuchCommand, NoSuchIncomingHook, NoSuchOutgoingHook
from integrations.models import Command, IncomingWebhook, OutgoingWebhook
from mattermost_site import config
from mattermost_site.ids import is_id


def incoming_hook_by_id(hook_id: str) -> IncomingWebhook:
    """The webhook; NoSuchIncomingHook when there is none."""
    hook = IncomingWebhook.objects.filter(id=hook_id, delete_at=0).first() if is_id(hook_id) else None
    if hook is None:
        raise NoSuchIncomingHook
    return hook


def incoming_hooks(*, team_id: str, user_id: str) -> QuerySet[IncomingWebhook]:
    """The webhooks of a team or, with ``""``, of all; with ``user_id`` only those of one owner."""
    rows = IncomingWebhook.objects.filter(delete_at=0).order_by("create_at", "id")
    rows = rows.filter(team_id=team_id) if team_id else rows
    return rows.filter(user_id=user_id) if user_id else rows


def outgoing_hook_by_id(hook_id: str) -> OutgoingWebhook:
    """The webhook; NoSuchOutgoingHook when there is none."""
    hook = OutgoingWebhook.objects.filter(id=hook_id, delete_at=0).first()
    if hook is None:
        raise NoSuchOutgoingHook
    return hook


def outgoing_hooks(*, team_id: str, channel_id: str, creator_id: str) -> QuerySet[OutgoingWebhook]:
    """The webhooks of a channel, of a team, or of all; with ``creator_id`` only those that one person made."""
    rows = OutgoingWebhook.objects.filter(delete_at=0).order_by("create_at", "id")
    if channel_id:
        rows = rows.filter(channel_id=channel_id)
    elif team_id:
        rows = rows.filter(team_id=team_id)
    return rows.filter(creator_id=creator_id) if creator_id else rows


def command_by_id(command_id: str) -> Command:
    """The command; NoSuchCommand when there is none, or commands are off (recorded)."""
    command = Command.objects.filter(id=command_id, delete_at=0).first()
    if command is None or not config.current().service.enable_commands:
        raise NoSuchCommand
    return command


def commands_of_team(team_id: str, *, creator_id: str = "") -> QuerySet[Command]:
    """The commands that people made for a team; with ``creator_id`` only those that one person made."""
    rows = Command.objects.filter(team_id=team_id, delete_at=0).order_by("create_at", "id")
    return rows.filter(creator_id=creator_id) if creator_id else rows
