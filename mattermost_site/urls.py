"""The site map."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from django.urls.converters import StringConverter

from accounts.web.base import NotFound
from files.api.files import PublicFile
from mattermost_site import web
from mattermost_site.api import ApiView
from mattermost_site.api.missing import answer_missing


class IdConverter(StringConverter):
    """What may stand where an id belongs; whether it is one is checked by the view."""

    regex = "[A-Za-z0-9]+"


class NameConverter(StringConverter):
    """Names of roles and permissions, as the recorded server routes them."""

    regex = "[a-z0-9_]+"


class WordConverter(StringConverter):
    """Categories and names of settings, as the recorded server routes them."""

    regex = "[A-Za-z0-9_]+"


register_converter(IdConverter, "id")
register_converter(NameConverter, "name")
register_converter(WordConverter, "word")


class Missing(ApiView):
    """The last resort under /api/v4: what the API lists but nobody serves yet, and what does not exist."""

    public = True

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.request, self.args, self.kwargs = request, args, kwargs
        try:
            return answer_missing(request)
        except Exception as error:  # noqa: BLE001 - becomes the error object, as in every view
            return self.failed(error)


def page_patterns() -> list[URLPattern | URLResolver]:
    """Our own web client, whose addresses are those of the official one; that, when it is served, comes last."""
    own = [path("", include(f"{app}.web.urls")) for app in ("accounts", "teams", "messaging")]
    missing = re_path(rf"^(?!{web.NOT_OURS}).+$", NotFound.as_view())
    return [path(web.own_prefix(), include(([*own, missing], "web"))), *web.official_patterns()]


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v4/", include("accounts.urls")),
    path("api/v4/", include("teams.urls")),
    path("api/v4/", include("messaging.urls")),
    path("api/v4/", include("files.urls")),
    path("api/v4/", include("integrations.urls")),
    path("api/v4/", include("mattermost_site.console.urls")),
    re_path(r"^api/v4/.*$", Missing.as_view()),
    path("files/<id:file_id>/public", PublicFile.as_view()),
    path("hooks/", include("integrations.hook_urls")),
    path("console/", admin.site.urls),
]

urlpatterns += page_patterns()

handler400 = "mattermost_site.api.errors.bad_request"
handler403 = "mattermost_site.api.errors.forbidden"
handler404 = "mattermost_site.api.errors.not_found"
handler500 = "mattermost_site.api.errors.failed"
