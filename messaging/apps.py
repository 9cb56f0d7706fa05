"""The app messaging."""

from __future__ import annotations

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Settings of the app."""

    name = "messaging"
