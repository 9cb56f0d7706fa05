"""Signing in and out in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.actions import login as actions
from accounts.actions.audits import record
from accounts.api.cookies import drop_session_cookie, set_cookies
from accounts.models import User
from accounts.queries import has_accounts
from accounts.user_agents import client_of
from accounts.web.base import FormPage, Page, safe_return
from mattermost_site import config
from mattermost_site.api.addresses import client_address


def start_browser_session(request: HttpRequest, user: User, target: str) -> HttpResponseRedirect:
    """Sign a person in whose identity was checked, and send the browser on."""
    new = actions.start_session(user=user, client=client_of(request.headers.get("User-Agent", "")))
    record(
        user_id=user.id,
        session_id=new.session.id,
        action=request.path,
        extra=f"success session_user={user.id}",
        address=client_address(request),
    )
    response = HttpResponseRedirect(target)
    set_cookies(request, response, new)
    return response


class Login(FormPage):
    """The login page."""

    public = True
    template = "web/login.html"
    fields = ("login_id", "password", "code")
    error_fields = {"blank_pwd": "password", "mfa.": "code", "user_mfa": "code"}

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        if self.user:
            return HttpResponseRedirect(safe_return(request, reverse("web:home")))
        if not has_accounts():
            return HttpResponseRedirect(reverse("web:signup"))
        return super().get(request, **kwargs)

    def context(self) -> dict[str, Any]:
        settings = config.current()
        return {
            "redirect_to": safe_return(self.request, ""),
            "with_email": settings.email.enable_sign_in_with_email,
            "with_username": settings.email.enable_sign_in_with_username,
            "unverified": self.request.GET.get("unverified", ""),
            "sign_up_open": settings.team.enable_user_creation and settings.team.enable_open_server,
        }

    def submit(self, values: Mapping[str, str]) -> HttpResponseBase:
        user = actions.check_credentials(
            login_id=values["login_id"].strip(), password=values["password"], code=values["code"].strip()
        )
        return start_browser_session(self.request, user, safe_return(self.request, reverse("web:home")))


class Logout(Page):
    """Ends the session; also when it is already over."""

    public = True

    def post(self, request: HttpRequest) -> HttpResponseBase:
        if self.actor.session_id:
            actions.log_out(session_id=self.actor.session_id)
        response = HttpResponseRedirect(reverse("web:login"))
        drop_session_cookie(response)
        return response
