"""The error that every refusal is, and the ones that any part may raise (semantics §3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class AppError(Exception):
    """A refusal with the id that clients decide on.

    ``params`` fill the placeholders of the English text; ``detailed`` is shown in
    developer mode only.
    """

    id = ""
    status = 400
    clear_cookies: ClassVar[tuple[str, ...]] = ()
    """Cookies that the browser must forget with this answer."""

    def __init__(
        self,
        id: str = "",
        *,
        status: int = 0,
        params: Mapping[str, Any] | None = None,
        detailed: str = "",
    ) -> None:
        self.id = id or self.id
        self.status = status or self.status
        self.params = dict(params or {})
        self.detailed = detailed
        super().__init__(self.id)


class InvalidBodyParam(AppError):
    """A value in the request's body is missing, of the wrong type or not allowed."""

    id = "api.context.invalid_body_param.app_error"

    def __init__(self, name: str, detailed: str = "") -> None:
        super().__init__(params={"Name": name}, detailed=detailed)


class InvalidUrlParam(AppError):
    """A value in the path or the query is missing or malformed."""

    id = "api.context.invalid_url_param.app_error"

    def __init__(self, name: str, detailed: str = "") -> None:
        super().__init__(params={"Name": name}, detailed=detailed)


class InvalidParam(AppError):
    """A value is not allowed here."""

    id = "api.context.invalid_param.app_error"

    def __init__(self, name: str, detailed: str = "") -> None:
        super().__init__(params={"Name": name}, detailed=detailed)


class SessionExpired(AppError):
    """No session, or one that is over; also a failed CSRF check."""

    id = "api.context.session_expired.app_error"
    status = 401


class PermissionDenied(AppError):
    """The caller lacks a permission."""

    id = "api.context.permissions.app_error"
    status = 403

    def __init__(self, *permissions: str) -> None:
        super().__init__(detailed=", ".join(permissions))


class NoSuchRoute(AppError):
    """Nothing is served at this path."""

    id = "api.context.404.app_error"
    status = 404


class BodyTooLarge(AppError):
    """The request's body exceeds what this endpoint reads."""

    id = "api.context.request_body_too_large.app_error"
    status = 413
