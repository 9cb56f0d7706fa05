"""The System Console at /console/: Django's admin with the product's own sign-in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from unfold.sites import UnfoldAdminSite

from accounts.actions.login import log_out, start_session
from accounts.api.cookies import set_cookies
from accounts.authentication import COOKIE_TOKEN
from accounts.models import User
from accounts.user_agents import client_of
from mattermost_site.config.site import cookie_domain, cookie_path
from mattermost_site.console.login import LoginForm


class ConsoleSite(UnfoldAdminSite):  # type: ignore[misc]
    """Only system admins come in, with the session that they have in every other client."""

    site_title = "System Console"
    site_header = "System Console"
    index_title = "Overview"
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def extra_urls(self) -> list[URLPattern]:
        from mattermost_site.console import settings_views

        return [
            path("settings/", self.admin_view(settings_views.SettingsIndex.as_view(site=self)), name="settings"),
            path(
                "settings/<slug:section>/",
                self.admin_view(settings_views.SettingsSection.as_view(site=self)),
                name="settings_section",
            ),
        ]

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.has_permission(request):
            return redirect(self._next(request))
        form = LoginForm(request, data=request.POST or None)
        if request.method == "POST" and form.is_valid():
            user = form.get_user()
            assert isinstance(user, User)  # noqa: S101 - for the type checker: the form knows no other
            response = redirect(self._next(request))
            new = start_session(user=user, client=client_of(request.headers.get("User-Agent", "")))
            set_cookies(request, response, new)
            return response
        context = {
            **self.each_context(request),
            "title": "Log in",
            "form": form,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/login.html", context)

    @method_decorator(never_cache)
    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        live = getattr(request, "live_session", None)
        if request.user.is_authenticated and live:
            log_out(session_id=live.id)
        response = redirect(reverse("admin:login"))
        response.delete_cookie(COOKIE_TOKEN, path=cookie_path(), domain=cookie_domain())
        return response

    def _next(self, request: HttpRequest) -> str:
        """Where to go after signing in: only a page of this site, or anybody could send admins elsewhere."""
        wanted = request.POST.get("next") or request.GET.get("next") or ""
        hosts = {request.get_host()}
        if url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure()):
            return wanted
        return reverse("admin:index")
