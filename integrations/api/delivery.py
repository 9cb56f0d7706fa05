"""The address of an incoming webhook, ``/hooks/<id>``: outside of the API, for anybody who knows the id."""

from __future__ import annotations

import re

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from integrations.actions.delivery import deliver
from integrations.payloads import BadPayload, Payload, payload_from, read_payload
from mattermost_site import config
from mattermost_site.api import ApiView
from mattermost_site.errors import AppError

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
FIELD = "payload"
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+(/[\w!#$&^.+-]+)?")


class UnreadableForm(AppError):
    """The content type or the form cannot be understood."""

    id = "web.incoming_webhook.parse_form.app_error"


class UnreadableMessage(AppError):
    """What was sent is no message."""

    id = "web.incoming_webhook.decode.app_error"


class IncomingHookAddress(ApiView):
    """Where messages are sent to. They come as JSON, whatever it is called, or in a form."""

    public = True
    authentication_classes = []  # a session, or a CSRF token that is missing, does not matter here
    free_ids = ("hook_id",)

    def post(self, request: HttpRequest, hook_id: str) -> HttpResponse:
        deliver(hook_id=hook_id, payload=_payload(request))
        return HttpResponse("ok", content_type="text/plain")


def _payload(request: HttpRequest) -> Payload:
    kind = _content_type(request)
    limit = config.current().service.maximum_payload_size_bytes
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit:
        raise UnreadableMessage
    try:
        if kind == MULTIPART:
            return _from_form(request)
        if kind == FORM:
            return read_payload(request.POST.get(FIELD, "").encode())
        return _from_body(request, limit)
    except BadPayload as error:
        raise UnreadableMessage(detailed=str(error)) from error
    except (MultiPartParserError, RequestDataTooBig, TooManyFilesSent, SuspiciousOperation, UnicodeError) as error:
        raise UnreadableForm from error


def _from_body(request: HttpRequest, limit: int) -> Payload:
    raw = request.body
    if len(raw) > limit:
        raise UnreadableMessage
    return read_payload(raw)


def _from_form(request: HttpRequest) -> Payload:
    """A message from the fields of a form, or from one that holds it as JSON; files are passed over."""
    fields = request.POST
    if FIELD in fields:
        return read_payload(fields[FIELD].encode())
    return payload_from(fields.dict())


def _content_type(request: HttpRequest) -> str:
    """The kind of the body, ``""`` without one; UnreadableForm when it cannot be understood."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind and not _MEDIA_TYPE.fullmatch(kind):
        raise UnreadableForm
    return kind
