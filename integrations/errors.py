"""The refusals that integrations have in common."""

from __future__ import annotations

from mattermost_site.errors import AppError


class NoSuchIncomingHook(AppError):
    """There is no such incoming webhook, or it is deleted."""

    id = "app.webhooks.get_incoming.app_error"
    status = 404


class NoSuchOutgoingHook(AppError):
    """There is no such outgoing webhook, or it is deleted."""

    id = "app.webhooks.get_outgoing.app_error"
    status = 404


class NoSuchCommand(AppError):
    """There is no such slash command, or whoever asks may not know of it."""

    id = "store.sql_command.save.get.app_error"
    status = 404
