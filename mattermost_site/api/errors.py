"""Errors as the API writes them, also for what fails outside a view."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from mattermost_site.api.responses import developer_detail, json_response
from mattermost_site.catalogue import text_for
from mattermost_site.errors import AppError, NoSuchRoute


def error_object(error: AppError, *, locale: str = "en", request_id: str = "") -> dict[str, object]:
    """The error object of semantics §3.1."""
    out: dict[str, object] = {
        "id": error.id,
        "message": text_for(error.id, error.params, locale),
        "detailed_error": developer_detail(error.detailed),
        "status_code": error.status,
    }
    if error.id != NoSuchRoute.id:  # the one error without it, as recorded
        out["request_id"] = request_id
    return out


def error_response(request: HttpRequest, error: AppError) -> HttpResponse:
    """The reply that carries an error object, in the language of the caller."""
    actor = getattr(request, "actor", None)
    locale = actor.locale if actor and actor.user_id else _accepted(request)
    return json_response(
        error_object(error, locale=locale, request_id=getattr(request, "request_id", "")), error.status
    )


def _accepted(request: HttpRequest) -> str:
    first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
    return first[:12] or "en"


def answer(error: AppError, request: HttpRequest) -> HttpResponse:
    """For Django's own handlers: the error object under the API, one plain line elsewhere."""
    if request.path_info.startswith(("/api/", "/hooks/", "/oauth/")):
        return error_response(request, error)
    return HttpResponse(
        text_for(error.id, error.params, _accepted(request)),
        status=error.status,
        content_type="text/plain; charset=utf-8",
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    return answer(AppError("api.payload.parse.error", status=400), request)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return answer(AppError("api.context.permissions.app_error", status=403), request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return answer(AppError("api.context.404.app_error", status=404), request)


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    return answer(AppError("api.unexpected.app_error", status=500), request)
