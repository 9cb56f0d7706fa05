"""The base of every REST view: who asks, what they sent, what goes back."""

from __future__ import annotations

import logging
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.views import APIView

from mattermost_site.actor import Actor
from mattermost_site.api.errors import error_response
from mattermost_site.api.inputs import JSON_LIMIT, Body, Query, read_json
from mattermost_site.api.missing import answer_missing
from mattermost_site.api.responses import json_response
from mattermost_site.config.site import cookie_path
from mattermost_site.errors import AppError, InvalidBodyParam, InvalidUrlParam, SessionExpired
from mattermost_site.ids import is_id

logger = logging.getLogger(__name__)


class ApiView(APIView):
    """A REST view: parse, call, answer.

    A handler returns plain data (sent as JSON with status 200) or a response.
    Path values whose names end in ``_id`` are checked to be ids before the handler
    runs, and ``me`` stands for the caller in ``user_id``.

    DRF's request wrapper, content negotiation and throttling are left out: they
    cost more than most handlers do, and this API has one representation.
    """

    public: ClassVar[bool] = False
    """Whether the view serves people without a session; ``actor`` then may be nobody."""
    body_limit: ClassVar[int] = JSON_LIMIT
    free_ids: ClassVar[tuple[str, ...]] = ()
    """Path values that end in ``_id`` but are not 26-character ids."""

    http_method_names = ["get", "post", "put", "patch", "delete"]

    request: HttpRequest  # type: ignore[assignment]
    actor: Actor

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:  # type: ignore[override]
        return request

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {}

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        actor = None
        for authenticator in self.get_authenticators():
            actor = authenticator.authenticate(request)  # type: ignore[arg-type]
        if actor is None and not self.public:
            raise SessionExpired
        self.actor = actor or Actor("")  # type: ignore[assignment]
        request.actor = self.actor  # type: ignore[attr-defined]
        for name, value in self.kwargs.items():
            if name.endswith("_id") and name not in self.free_ids:
                self.kwargs[name] = kwargs[name] = self._path_id(name, value)

    def _path_id(self, name: str, value: str) -> str:
        if name == "user_id" and value == "me" and self.actor.user_id:
            return self.actor.user_id
        if not is_id(value):
            raise InvalidUrlParam(name)
        return value

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As in DRF, but ``initial`` may rewrite the path values."""
        self.request, self.args, self.kwargs = request, args, kwargs
        try:
            handler = getattr(self, (request.method or "").lower(), None)
            if handler is None or (request.method or "").lower() not in self.http_method_names:
                answer_missing(request)
            self.initial(request, *args, **kwargs)
            answer = handler(request, *args, **self.kwargs)
        except Exception as error:  # noqa: BLE001 - every failure becomes the error object
            return self.failed(error)
        return answer if isinstance(answer, HttpResponseBase) else json_response(answer)

    def failed(self, error: Exception) -> HttpResponse:
        """The error object for whatever went wrong; what nobody foresaw is logged and answered 500."""
        if not isinstance(error, AppError):
            logger.error("unexpected failure of %s %s", self.request.method, self.request.path, exc_info=error)
            error = AppError("api.unexpected.app_error", status=500)
        response = error_response(self.request, error)
        for name in error.clear_cookies:
            response.delete_cookie(name, path=cookie_path())
        return response

    def json(self, name: str) -> Any:
        """The body as a JSON value; ``name`` is what an error calls it."""
        return read_json(self.request, name, self.body_limit)

    def body(self, name: str) -> Body:
        """The body as a JSON object; ``name`` is what an error calls it."""
        return Body(self.json(name), name)

    def texts(self, name: str) -> list[str]:
        """The body as a JSON list of strings; ``api.payload.parse.error`` (400) when it is none."""
        try:
            values = self.json(name)
        except InvalidBodyParam as error:
            raise AppError("api.payload.parse.error", detailed=error.detailed) from error
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise AppError("api.payload.parse.error")
        return values

    @property
    def query(self) -> Query:
        """The query string."""
        return Query(self.request.GET)
