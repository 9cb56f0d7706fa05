"""Uploads in parts: announcing a file, sending it, asking how much has arrived."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Permission, has_system, require_system
from files.access import access_for_upload
from files.actions import uploads
from files.api.inputs import require_attachments
from files.forms import is_form, parts_of
from files.models import UploadSession
from files.names import clean_name
from files.queries import upload_or_404, uploads_of
from files.received import Received, Unreadable, receive
from files.serializers import file_json, upload_json
from mattermost_site import config
from mattermost_site.actor import Actor
from mattermost_site.api import ApiView, created
from mattermost_site.errors import AppError, PermissionDenied


class Uploads(ApiView):
    """Announcing a file that will be sent in parts."""

    def post(self, request: HttpRequest) -> HttpResponse:
        require_attachments(501)
        body = self.body("upload")
        channel_id, type = body.text("channel_id"), uploads.ATTACHMENT
        name, size = clean_name(body.text("filename")), body.number("file_size")
        if body.text("type") == uploads.IMPORT:
            require_system(self.actor, Permission.MANAGE_SYSTEM)
            channel_id, type = "", uploads.IMPORT
        elif access_for_upload(self.actor, channel_id).delete_at:
            raise AppError("app.upload.create.cannot_upload_to_deleted_channel.app_error")
        upload = uploads.create_upload(
            user_id=self.actor.user_id, channel_id=channel_id, name=name, size=size, type=type
        )
        return created(upload_json(upload))


class UploadDetail(ApiView):
    """An upload under way."""

    def get(self, request: HttpRequest, upload_id: str) -> dict[str, Any]:
        upload = upload_or_404(upload_id)
        if upload.user_id != self.actor.user_id and not has_system(self.actor, Permission.MANAGE_SYSTEM):
            raise AppError("api.upload.get_upload.forbidden.app_error", status=403)
        uploads.resume_upload(upload=upload)
        return upload_json(upload)

    def post(self, request: HttpRequest, upload_id: str) -> HttpResponse | dict[str, Any]:
        require_attachments(501)
        upload = upload_or_404(upload_id)
        _require_own(self.actor, upload)
        uploads.resume_upload(upload=upload)
        with ExitStack() as stack:
            info = uploads.receive_part(upload=upload, part=_part(request, upload, stack))
        if info is None:
            return _no_content()
        return file_json(info)


class UserUploads(ApiView):
    """One's own uploads under way."""

    def get(self, request: HttpRequest, user_id: str) -> list[dict[str, Any]]:
        if user_id != self.actor.user_id:
            raise AppError("api.user.get_uploads_for_user.forbidden.app_error", status=403)
        return [upload_json(upload) for upload in uploads_of(user_id)]


def _require_own(actor: Actor, upload: UploadSession) -> None:
    """PermissionDenied unless the actor announced the upload and still may do what it needs."""
    if upload.user_id != actor.user_id:
        raise PermissionDenied(Permission.UPLOAD_FILE)
    if upload.type == uploads.IMPORT:
        require_system(actor, Permission.MANAGE_SYSTEM)
    else:
        access_for_upload(actor, upload.channel_id)


def _part(request: HttpRequest, upload: UploadSession, stack: ExitStack) -> Received:
    """The body, or the first file of a form."""
    if not is_form(request):
        return receive(request, upload.filename, config.current().file.max_file_size, stack)
    files = [value for _, value in parts_of(request, stack) if not isinstance(value, str)]
    if not files:
        raise Unreadable
    return files[0]


def _no_content() -> HttpResponse:
    response = HttpResponse(status=204)
    del response["Content-Type"]
    return response
