"""Webhooks and slash commands as clients see them."""

from __future__ import annotations

from typing import Any

from integrations.command_arguments import ARGUMENTS
from integrations.models import Command, IncomingWebhook, OutgoingWebhook


def incoming_hook_json(hook: IncomingWebhook) -> dict[str, Any]:
    """An incoming webhook; its id is the secret part of its address."""
    return {
        "id": hook.id,
        "create_at": hook.create_at,
        "update_at": hook.update_at,
        "delete_at": hook.delete_at,
        "user_id": hook.user_id,
        "channel_id": hook.channel_id,
        "team_id": hook.team_id,
        "display_name": hook.display_name,
        "description": hook.description,
        "username": hook.username,
        "icon_url": hook.icon_url,
        "channel_locked": hook.channel_locked,
    }


def outgoing_hook_json(hook: OutgoingWebhook) -> dict[str, Any]:
    """An outgoing webhook; without trigger words there is null in their place (recorded)."""
    return {
        "id": hook.id,
        "token": hook.token,
        "create_at": hook.create_at,
        "update_at": hook.update_at,
        "delete_at": hook.delete_at,
        "creator_id": hook.creator_id,
        "channel_id": hook.channel_id,
        "team_id": hook.team_id,
        "trigger_words": hook.trigger_words or None,
        "trigger_when": hook.trigger_when,
        "callback_urls": hook.callback_urls or None,
        "display_name": hook.display_name,
        "description": hook.description,
        "content_type": hook.content_type,
        "username": hook.username,
        "icon_url": hook.icon_url,
    }


def command_json(command: Command) -> dict[str, Any]:
    """A slash command with its token, for those who manage it."""
    return {
        "id": command.id,
        "token": command.token,
        "create_at": command.create_at,
        "update_at": command.update_at,
        "delete_at": command.delete_at,
        "creator_id": command.creator_id,
        "team_id": command.team_id,
        "trigger": command.trigger,
        "method": command.method,
        "username": command.username,
        "icon_url": command.icon_url,
        "auto_complete": command.auto_complete,
        "auto_complete_desc": command.auto_complete_desc,
        "auto_complete_hint": command.auto_complete_hint,
        "display_name": command.display_name,
        "description": command.description,
        "url": command.url,
        "plugin_id": command.plugin_id,
    }


def usable_command_json(command: Command) -> dict[str, Any]:
    """A slash command for those who give it: neither its token nor where it leads.

    Built-in ones, which have no id, tell of their arguments.
    """
    hidden = dict.fromkeys(("token", "creator_id", "method", "url", "username", "icon_url"), "")
    shown = command_json(command) | hidden
    if not command.id and command.trigger in ARGUMENTS:
        shown["autocomplete_data"] = ARGUMENTS[command.trigger]
    return shown


def suggestion_json(command: Command) -> dict[str, str]:
    """A command as it is suggested while somebody writes; the keys begin with capitals, as recorded."""
    return {
        "Complete": command.trigger,
        "Suggestion": command.trigger,
        "Hint": command.auto_complete_hint,
        "Description": command.auto_complete_desc,
        "IconData": "",
    }
