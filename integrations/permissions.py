"""Who may manage webhooks and slash commands (permissions.md §5): one's own, and others' too."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.permissions import Permission, has_system, require_system
from integrations.errors import NoSuchCommand
from integrations.models import Command, IncomingWebhook, OutgoingWebhook
from integrations.queries import command_by_id, incoming_hook_by_id, outgoing_hook_by_id
from mattermost_site.actor import Actor
from mattermost_site.errors import InvalidBodyParam, PermissionDenied
from messaging.access import ChannelAccess, load_access
from messaging.permissions import OPEN, allows, channel_or_404, reads_content
from teams.permissions import has_team, require_team


@dataclass(frozen=True, slots=True)
class Rights:
    """The two permissions of one kind of integration."""

    own: str
    others: str


INCOMING = Rights(Permission.MANAGE_OWN_INCOMING_WEBHOOKS, Permission.MANAGE_OTHERS_INCOMING_WEBHOOKS)
OUTGOING = Rights(Permission.MANAGE_OWN_OUTGOING_WEBHOOKS, Permission.MANAGE_OTHERS_OUTGOING_WEBHOOKS)
COMMANDS = Rights(Permission.MANAGE_OWN_SLASH_COMMANDS, Permission.MANAGE_OTHERS_SLASH_COMMANDS)


def require_managed(actor: Actor, team_id: str, owner_id: str, rights: Rights) -> None:
    """PermissionDenied unless the actor may manage an integration of this team and owner."""
    require_team(actor, team_id, rights.own)
    if owner_id != actor.user_id:
        require_team(actor, team_id, rights.others)


def whose_are_listed(actor: Actor, team_id: str, rights: Rights) -> str:
    """Whose integrations the actor may list: ``""`` for everybody's, else the actor's id.

    Without a team that is a question to system roles. PermissionDenied when not even its own.
    """
    if team_id:
        require_team(actor, team_id, rights.own)
        return "" if has_team(actor, team_id, rights.others) else actor.user_id
    require_system(actor, rights.own)
    return "" if has_system(actor, rights.others) else actor.user_id


def access_incoming_hook(actor: Actor, hook_id: str) -> IncomingWebhook:
    """The webhook, when the actor may manage it; NoSuchIncomingHook or PermissionDenied.

    One that leads into a private channel is for those who can read there.
    """
    hook = incoming_hook_by_id(hook_id)
    access = load_access(actor.user_id, hook.channel_id)
    if access is not None and not _may_lead_to(actor, access):
        raise PermissionDenied(Permission.READ_CHANNEL)
    require_managed(actor, hook.team_id, hook.user_id, INCOMING)
    return hook


def access_hook_channel(actor: Actor, channel_id: str, *, is_locked: bool, team_id: str = "") -> ChannelAccess:
    """The channel that an incoming webhook is to lead to, when the actor may have it lead there.

    Raises ``app.channel.get.existing.app_error`` (404), InvalidBodyParam for a channel that is not
    in the team, if one is given, and PermissionDenied; a webhook that is not bound to its channel
    reaches all public ones, and needs a permission of its own.
    """
    access = channel_or_404(actor, channel_id)
    if team_id and access.channel.team_id != team_id:
        raise InvalidBodyParam("channel_id")
    require_team(actor, access.channel.team_id, INCOMING.own)
    if not is_locked:
        require_team(actor, access.channel.team_id, Permission.BYPASS_INCOMING_WEBHOOK_CHANNEL_LOCK)
    if not _may_lead_to(actor, access):
        raise PermissionDenied(Permission.READ_CHANNEL)
    return access


def _may_lead_to(actor: Actor, access: ChannelAccess) -> bool:
    return access.channel.type == OPEN or reads_content(actor, access)


def access_outgoing_hook(actor: Actor, hook_id: str) -> OutgoingWebhook:
    """The webhook, when the actor may manage it; NoSuchOutgoingHook or PermissionDenied."""
    hook = outgoing_hook_by_id(hook_id)
    require_managed(actor, hook.team_id, hook.creator_id, OUTGOING)
    return hook


def whose_are_listed_in_channel(actor: Actor, channel_id: str) -> str:
    """As ``whose_are_listed``, for outgoing webhooks of one channel."""
    access = load_access(actor.user_id, channel_id)
    if access is None or not allows(actor, access, OUTGOING.own):
        raise PermissionDenied(OUTGOING.own)
    return "" if allows(actor, access, OUTGOING.others) else actor.user_id


def access_command(actor: Actor, command_id: str) -> Command:
    """The command, when the actor may manage it.

    NoSuchCommand also for those who manage no commands of its team, PermissionDenied
    for those who manage only their own.
    """
    command = command_by_id(command_id)
    if not has_team(actor, command.team_id, COMMANDS.own):
        raise NoSuchCommand
    if command.creator_id != actor.user_id:
        require_team(actor, command.team_id, COMMANDS.others)
    return command
