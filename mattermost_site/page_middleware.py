"""Django's own middleware, for web pages only."""

from __future__ import annotations

from typing import Any

from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django_htmx.middleware import HtmxMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware

API_PREFIXES = ("/api/", "/hooks/", "/oauth/", "/.well-known/")


def is_api(request: HttpRequest) -> bool:
    """Whether programs, not pages, are served at this path."""
    return request.path_info.startswith(API_PREFIXES)


def for_pages(middleware: type[Any]) -> type[Any]:
    """A middleware of Django that API paths do not pay for."""

    class ForPages(middleware):  # type: ignore[misc]
        def __call__(self, request: HttpRequest) -> Any:
            return self.get_response(request) if is_api(request) else super().__call__(request)

        def process_view(self, request: HttpRequest, *args: Any) -> Any:
            parent = getattr(super(), "process_view", None)
            return parent(request, *args) if parent and not is_api(request) else None

    ForPages.__name__ = f"{middleware.__name__}ForPages"
    return ForPages


Locale = for_pages(LocaleMiddleware)
Csrf = for_pages(CsrfViewMiddleware)
Messages = for_pages(MessageMiddleware)
Framing = for_pages(XFrameOptionsMiddleware)
Htmx = for_pages(HtmxMiddleware)
StaticFiles = for_pages(WhiteNoiseMiddleware)
