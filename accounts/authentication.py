"""From a request to its actor: token lookup and the CSRF rule (semantics §4)."""

from __future__ import annotations

import hmac
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from rest_framework.authentication import BaseAuthentication

from accounts import sessions
from accounts.models import User
from mattermost_site import config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError, SessionExpired
from mattermost_site.page_middleware import for_pages

COOKIE_TOKEN = "MMAUTHTOKEN"  # noqa: S105 - a cookie's name
COOKIE_USER = "MMUSERID"
COOKIE_CSRF = "MMCSRF"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class CsrfFailed(SessionExpired):
    """A cookie session without its CSRF token; the browser's session cookie is taken away."""

    clear_cookies = (COOKIE_TOKEN,)


def token_of(request: HttpRequest) -> tuple[str, str]:
    """The token that a request carries and where: ``cookie``, ``header``, ``query`` or nowhere."""
    if cookie := request.COOKIES.get(COOKIE_TOKEN):
        return cookie, "cookie"
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() in ("bearer", "token") and token:
        return token.strip(), "header"
    if query := request.GET.get("access_token"):
        return query, "query"
    return "", ""


class SessionAuthentication(BaseAuthentication):
    """DRF's authenticator: sets ``request.live_session`` and answers the actor, None for nobody."""

    def authenticate(self, request: Any) -> Actor | None:  # type: ignore[override]
        token, place = token_of(request)
        live = sessions.find(token) if token else None
        request.live_session = live
        if live is None:
            return None
        if place == "query" and not live.actor.is_oauth:
            raise AppError("api.context.token_provided.app_error", status=401)
        if place == "cookie":
            check_csrf(request, live)
        if live.must_set_up_second_factor and not _is_exempt(request):
            raise AppError("api.context.mfa_required.app_error", status=403)
        return live.actor


def _is_exempt(request: HttpRequest) -> bool:
    """Whether the view serves people who have yet to set up their second factor: ``mfa_exempt = True``, or public."""
    view = request.resolver_match and getattr(request.resolver_match.func, "view_class", None)
    return bool(getattr(view, "mfa_exempt", False) or getattr(view, "public", False))


def check_csrf(request: HttpRequest, live: sessions.LiveSession) -> None:
    """CsrfFailed unless a writing request with a cookie proves that a script of ours made it."""
    if request.method in SAFE_METHODS:
        return
    sent, wanted = request.headers.get("X-CSRF-Token", ""), live.actor.session_props.get("csrf", "")
    if sent and wanted and hmac.compare_digest(sent.encode(), wanted.encode()):
        return
    strict = config.current().service.experimental_strict_csrf_enforcement
    if not strict and request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return
    raise CsrfFailed


class _PageUser(AuthenticationMiddleware):
    """Sets ``request.user`` of pages from the same cookie that the API reads."""

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: user_of(request))  # type: ignore[assignment]


PageUser = for_pages(_PageUser)


def user_of(request: HttpRequest) -> User | AnonymousUser:
    """The account whose session cookie a page was asked with."""
    live = sessions.find(request.COOKIES.get(COOKIE_TOKEN, ""))
    request.live_session = live  # type: ignore[attr-defined]
    return (live and User.objects.filter(id=live.user_id).first()) or AnonymousUser()


class ConsoleBackend(BaseBackend):
    """Django's permission questions, answered for the System Console: admins may do everything."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return bool(user_obj.is_active and user_obj.is_superuser)
