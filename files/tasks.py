"""Background work of files."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage

from files.actions import uploads


def remove_from_store(paths: Iterable[str]) -> None:
    """Delete files whose rows are gone; those that are not there any more are passed over."""
    for path in paths:
        default_storage.delete(path)


def forget_uploads() -> None:
    """Delete uploads that nobody finishes (``settings.RECURRING_JOBS`` says how often)."""
    uploads.forget_uploads()
