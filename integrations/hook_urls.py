"""Routes below ``/hooks/``, outside of the API."""

from __future__ import annotations

from django.urls import URLPattern, path

from integrations.api import delivery

urlpatterns: list[URLPattern] = [
    path("<id:hook_id>", delivery.IncomingHookAddress.as_view()),
]
