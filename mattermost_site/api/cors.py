"""Cross-origin requests, off unless ``ServiceSettings.AllowCorsFrom`` names origins (semantics §3)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from mattermost_site import config

ALLOWED_METHODS = "POST, GET, OPTIONS, PUT, PATCH, DELETE"


def _allowed_origin(request: HttpRequest) -> str:
    """What to answer as allowed origin, empty when the request's is not allowed."""
    allowed = config.current().service.allow_cors_from
    origin = request.headers.get("Origin", "")
    if not allowed or not origin:
        return ""
    if allowed.strip() == "*":
        return origin if config.current().service.cors_allow_credentials else "*"
    return origin if origin in allowed.split() else ""


def preflight(request: HttpRequest) -> HttpResponse | None:
    """The reply to a preflight request from an allowed origin, else None."""
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    if not _allowed_origin(request):
        return None
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = ALLOWED_METHODS
    response["Access-Control-Allow-Headers"] = request.headers.get("Access-Control-Request-Headers", "")
    response["Access-Control-Max-Age"] = "86400"
    return response


def annotate(request: HttpRequest, response: HttpResponseBase) -> None:
    """Add the CORS headers that the origin may see."""
    origin = _allowed_origin(request)
    if not origin:
        return
    service = config.current().service
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Vary"] = "Origin"
    if service.cors_exposed_headers:
        response.headers["Access-Control-Expose-Headers"] = service.cors_exposed_headers
    if service.cors_allow_credentials:
        response.headers["Access-Control-Allow-Credentials"] = "true"
