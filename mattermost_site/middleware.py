"""What surrounds every request: headers of the contract, limits, CORS."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from mattermost_site import config
from mattermost_site.api import cors, throttling
from mattermost_site.api.errors import answer
from mattermost_site.config.client import client_config_hash
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from mattermost_site.page_middleware import is_api
from mattermost_site.version import BUILD_NUMBER, VERSION

GetResponse = Callable[[HttpRequest], HttpResponseBase]

URL_LIMIT = 2048  # bytes of path and query; semantics §3
GZIP_FROM = 1400  # bytes; below that a reply fits one packet anyway


def server_version() -> str:
    """``X-Version-Id``: version, build, hash of the client configuration, whether licensed."""
    return f"{VERSION}.{BUILD_NUMBER}.{client_config_hash()}.true"


def contract(get_response: GetResponse) -> GetResponse:
    """Middleware: request id, URL limit, rate limit, CORS, and the headers of semantics §3."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.request_id = new_id()  # type: ignore[attr-defined]
        response = _refused(request) or cors.preflight(request) or get_response(request)
        headers = response.headers
        headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        headers["X-Version-Id"] = server_version()
        headers.setdefault("X-Content-Type-Options", "nosniff")
        # Without a referrer browsers send "Origin: null" with forms, and Django's CSRF check refuses that.
        headers.setdefault("Referrer-Policy", "no-referrer" if is_api(request) else "same-origin")
        headers.setdefault("Permissions-Policy", "")
        if request.method == "GET" and is_api(request):
            headers.setdefault("Expires", "0")
        service = config.current().service
        if service.tls_strict_transport and request.is_secure():
            headers["Strict-Transport-Security"] = f"max-age={service.tls_strict_transport_max_age}"
        throttling.annotate(request, response)
        cors.annotate(request, response)
        return _compressed(request, response)

    return middleware


def _refused(request: HttpRequest) -> HttpResponse | None:
    if len(request.get_full_path()) > URL_LIMIT:
        return answer(AppError("basic_security_check.url.too_long_error", status=414), request)
    return throttling.refusal(request)


def _compressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Gzip for those who accept it. Files and streams pass untouched."""
    if (
        not isinstance(response, HttpResponse)
        or len(response.content) < GZIP_FROM
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or response.has_header("Content-Encoding")
        or not response.get("Content-Type", "").startswith(("application/json", "text/", "application/javascript"))
    ):
        return response
    response.content = gzip.compress(response.content, compresslevel=1, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
