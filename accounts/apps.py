"""The app accounts."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    """Settings of the app."""

    name = "accounts"

    def ready(self) -> None:
        # Django's auth would write a datetime into last_login, which is milliseconds here.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
