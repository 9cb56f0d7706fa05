"""Refusals that more than one part of accounts raises."""

from __future__ import annotations

from mattermost_site.errors import AppError


class NoSuchBot(AppError):
    """There is no such bot, or none that the caller may know of."""

    id = "store.sql_bot.get.missing.app_error"
    status = 404
