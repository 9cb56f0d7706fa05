"""Uploads as clients send them: a form, or one file as the whole body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from django.http import HttpRequest

from files.forms import Part, is_form, parts_of
from files.received import Received, Unreadable, receive
from mattermost_site import config
from mattermost_site.api import Query
from mattermost_site.errors import AppError, InvalidBodyParam, InvalidUrlParam
from mattermost_site.ids import is_id


def require_attachments(status: int) -> None:
    """``api.file.attachments.disabled.app_error`` with ``status`` unless this server takes files."""
    if not config.current().file.enable_file_attachments:
        raise AppError("api.file.attachments.disabled.app_error", status=status)


@dataclass(slots=True)
class Upload:
    """Files for a channel; ``client_ids`` are the client's own names for them, None when there is no place for any."""

    channel_id: str = ""
    files: list[Received] = field(default_factory=list)
    client_ids: list[str] | None = None


@contextmanager
def uploaded(request: HttpRequest) -> Iterator[Upload]:
    """What a request uploads; the files are there as long as the block runs."""
    with ExitStack() as stack:
        yield form_upload(parts_of(request, stack)) if is_form(request) else _raw_upload(request, stack)


def _raw_upload(request: HttpRequest, stack: ExitStack) -> Upload:
    query = Query(request.GET)
    channel_id, name, client_id = query.text("channel_id"), query.text("filename"), query.text("client_id")
    if not name:
        raise InvalidUrlParam("filename")
    if not is_id(channel_id):
        raise InvalidUrlParam("channel_id")
    file = receive(request, name, config.current().file.max_file_size, stack)
    if not file.size:
        raise Unreadable
    return Upload(channel_id, [file], [client_id] if client_id else None)


def form_upload(parts: Sequence[Part]) -> Upload:
    """What the parts of a form mean.

    Fields come before the files that they are about: a client id may not follow its file.
    A form that begins with a file is taken as a whole instead, and only the numbers of files
    and client ids have to agree (recorded both ways).
    """
    upload, channel_ids = Upload(client_ids=[]), []
    names = [name if isinstance(value, str) else "" for name, value in parts]
    in_order = "" not in names or "channel_id" in names[: names.index("")]
    for name, value in parts:
        if not isinstance(value, str):
            upload.files.append(value)
        elif name == "channel_id":
            channel_ids.append(value)
        elif name == "client_ids" and upload.client_ids is not None:
            if in_order and len(upload.files) > len(upload.client_ids):
                raise InvalidBodyParam("client_ids")
            upload.client_ids.append(value)
        else:
            raise InvalidBodyParam(name)
        if in_order and upload.client_ids and len(upload.files) > len(upload.client_ids):
            raise InvalidBodyParam("client_ids")
    upload.channel_id = _only_channel(channel_ids)
    if upload.client_ids and len(upload.client_ids) != len(upload.files):
        raise AppError("api.file.upload_file.incorrect_number_of_client_ids.app_error")
    return upload


def _only_channel(channel_ids: Sequence[str]) -> str:
    if not channel_ids:
        raise InvalidBodyParam("channel_id")
    if len(set(channel_ids)) > 1:
        raise AppError("api.file.upload_file.multiple_channel_ids.app_error")
    if not is_id(channel_ids[0]):
        raise InvalidUrlParam("channel_id")
    return channel_ids[0]
