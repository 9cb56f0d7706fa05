"""The app files."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Settings of the app."""

    name = "files"
