"""Django's admin, replaced by the System Console."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class ConsoleConfig(AdminConfig):
    """``admin.site`` is the System Console."""

    default_site = "mattermost_site.console.site.ConsoleSite"
