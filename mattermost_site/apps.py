"""The app mattermost_site."""

from __future__ import annotations

from django.apps import AppConfig


class MattermostSiteConfig(AppConfig):
    """Settings of the app."""

    name = "mattermost_site"
