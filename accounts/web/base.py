"""The base of every page: who asks, what they see, what a refusal looks like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from accounts.models import User
from mattermost_site import config
from mattermost_site.actor import Actor
from mattermost_site.catalogue import text_for
from mattermost_site.errors import AppError, NoSuchRoute, SessionExpired


class Page(View):
    """A page, or a part of one that htmx asks for: parse, call, render.

    Who is not signed in is sent to the login page, unless the page is ``public``. An
    AppError becomes a page that says so; htmx gets its text alone, which the script shows.
    """

    http_method_names = ["get", "head", "post"]
    public: ClassVar[bool] = False
    actor: Actor
    user: User | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.user, self.actor = None, Actor("")
        if request.user.is_authenticated:
            self.user, self.actor = request.user, request.live_session.actor  # type: ignore[attr-defined]
        try:
            if self.user is None and not self.public:
                raise SessionExpired
            if self.user and request.live_session.must_set_up_second_factor and not self.public:  # type: ignore[attr-defined]
                raise AppError("api.context.mfa_required.app_error", status=403)
            self.entered()
            response = super().dispatch(request, *args, **kwargs)
        except SessionExpired:
            response = to_login(request)
        except AppError as error:
            response = self.refused(error)
        return with_page_headers(request, response)

    def entered(self) -> None:
        """What every handler of the page needs to be true; raises AppError when it is not."""

    @property
    def me(self) -> User:
        """The person who is signed in; SessionExpired when nobody is."""
        if self.user is None:
            raise SessionExpired
        return self.user

    def text_of(self, error: AppError) -> str:
        """What an error says to this person."""
        return text_for(error.id, error.params, self.actor.locale)

    def refused(self, error: AppError) -> HttpResponse:
        """The answer to what the person may not do, or what is not there."""
        if is_fragment(self.request):
            return HttpResponse(self.text_of(error), status=error.status, content_type="text/plain; charset=utf-8")
        return self.render("web/refused.html", {"text": self.text_of(error), "code": error.status}, error.status)

    def render(self, template: str, context: Mapping[str, Any] | None = None, status: int = 200) -> HttpResponse:
        """A template with what every page shows."""
        common = {"site_name": config.current().team.site_name, "me": self.user, "root": get_script_prefix()}
        with translation.override("en"):  # the texts of these pages; dates among them shall speak the same language
            return render(self.request, template, {**common, **(context or {})}, status=status)


class FormPage(Page):
    """A page with one form: it is shown again, filled in, with the reason when what it asks for is refused."""

    template: ClassVar[str]
    fields: ClassVar[tuple[str, ...]] = ()
    """Names of inputs; those whose names contain ``password`` are not shown again."""
    error_fields: ClassVar[Mapping[str, str]] = {}
    """Which input is to blame, by a part of the error's id."""

    def context(self) -> dict[str, Any]:
        """What the template needs besides the inputs."""
        return {}

    def submit(self, values: Mapping[str, str]) -> HttpResponseBase:
        """Do what was asked for and answer, mostly with a redirect; AppError shows the form again."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        return self.show({name: request.GET.get(name, "") for name in self.fields if "password" not in name})

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        values = {name: request.POST.get(name, "").replace("\0", "") for name in self.fields}
        try:
            return self.submit(values)
        except SessionExpired:
            raise
        except AppError as error:
            return self.show(values, error)

    def show(self, values: Mapping[str, str], error: AppError | None = None) -> HttpResponse:
        """The form with what was typed and, after a refusal, why."""
        shown = {name: value for name, value in values.items() if "password" not in name}
        context: dict[str, Any] = {"values": shown, **self.context()}
        if error:
            blamed = next((field for part, field in self.error_fields.items() if part in error.id), "")
            context |= {"error": self.text_of(error), "blamed": blamed}
        return self.render(self.template, context, error.status if error else 200)


class NotFound(Page):
    """Whatever has no page."""

    public = True

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        raise NoSuchRoute


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script asks for a part of a page, not the browser for a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Django's CSRF_FAILURE_VIEW: mostly a page that was open too long."""
    text = "This page was open for too long, or your browser does not accept cookies. Reload it and try again."
    if is_fragment(request):
        return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
    context = {"site_name": config.current().team.site_name, "text": text, "code": 403}
    return with_page_headers(request, render(request, "web/refused.html", context, status=403))


def to_login(request: HttpRequest) -> HttpResponse:
    """To the login page, and back afterwards."""
    login = reverse("web:login")
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=401)
        response["HX-Redirect"] = login
        return response
    back = request.get_full_path() if request.method == "GET" else ""
    home = reverse("web:home")
    return HttpResponseRedirect(login if back in ("", home) else f"{login}?redirect_to={quote(back)}")


def safe_return(request: HttpRequest, default: str) -> str:
    """Where ``redirect_to`` leads if that is on this site, else ``default``: nobody is sent elsewhere by a link."""
    wanted = request.POST.get("redirect_to") or request.GET.get("redirect_to", "")
    allowed = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else default


def with_page_headers(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The headers of our own pages.

    Scripts, styles and forms of this site only. Browsers name no origin when a page's
    policy is ``no-referrer``, and Django refuses forms that come from nowhere, hence
    ``same-origin``.
    """
    host = request.get_host()
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src * data: blob:; "
        f"media-src 'self'; connect-src 'self' ws://{host} wss://{host}; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cache-Control", "no-store")
    return response
