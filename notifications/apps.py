"""The app notifications."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Settings of the app."""

    name = "notifications"
