"""The cookies of browser sessions (semantics §4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from accounts.actions.login import NewSession
from accounts.authentication import COOKIE_CSRF, COOKIE_TOKEN, COOKIE_USER
from mattermost_site import clock
from mattermost_site.config.site import cookie_domain, cookie_path


def set_cookies(request: HttpRequest, response: HttpResponse, new: NewSession) -> None:
    """The three cookies of a sign-in: the secret one, and those that scripts of the site read."""
    set_session_cookie(request, response, token=new.token, expires_at=new.session.expires_at)
    _set(request, response, COOKIE_USER, new.user.id, new.session.expires_at)
    _set(request, response, COOKIE_CSRF, new.session.props["csrf"], new.session.expires_at)


def set_session_cookie(request: HttpRequest, response: HttpResponse, *, token: str, expires_at: int) -> None:
    """The cookie that holds the session, out of reach of scripts; ``expires_at`` in ms."""
    _set(request, response, COOKIE_TOKEN, token, expires_at)


def drop_session_cookie(response: HttpResponse) -> None:
    """Take the session's cookie away; the others stay (recorded)."""
    response.delete_cookie(COOKIE_TOKEN, path=cookie_path(), domain=cookie_domain())


def _set(request: HttpRequest, response: HttpResponse, name: str, value: str, expires_at: int) -> None:
    embedded = request.is_secure() and request.COOKIES.get("MMEMBED") == "1"
    response.set_cookie(
        name,
        value,
        max_age=(expires_at - clock.now()) // clock.SECOND,
        path=cookie_path(),
        domain=cookie_domain(),
        secure=request.is_secure(),
        httponly=name == COOKIE_TOKEN,
        samesite="None" if embedded else None,
    )
