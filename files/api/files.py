"""Files: uploading them, reading them and what is known of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from files.access import access_file, access_for_upload
from files.actions.files import store_files
from files.api.content import file_reply
from files.api.inputs import require_attachments, uploaded
from files.links import is_valid_hash, link_hash
from files.media_types import PREVIEW
from files.queries import file_or_404
from files.serializers import file_json
from mattermost_site import config
from mattermost_site.api import ApiView, created, json_response
from mattermost_site.catalogue import text_for
from mattermost_site.config.site import site_url
from mattermost_site.errors import AppError

INFO_CACHE = "max-age=2592000, private"


class Files(ApiView):
    """Uploading files to a channel."""

    def post(self, request: HttpRequest) -> HttpResponse:
        require_attachments(403)
        with uploaded(request) as upload:
            access_for_upload(self.actor, upload.channel_id)
            infos = store_files(
                user_id=self.actor.user_id,
                channel_id=upload.channel_id,
                files=upload.files,
                for_bookmark=self.query.flag("bookmark"),
            )
        return created({"file_infos": [file_json(info) for info in infos], "client_ids": upload.client_ids})


class FileContent(ApiView):
    """The file itself."""

    def get(self, request: HttpRequest, file_id: str) -> HttpResponseBase:
        info = access_file(self.actor, file_id)
        return file_reply(request, info, info.path, info.mime_type)


class FileThumbnail(ApiView):
    """A picture of at most 120 × 100 pixels."""

    def get(self, request: HttpRequest, file_id: str) -> HttpResponseBase:
        info = access_file(self.actor, file_id)
        if not info.thumbnail_path:
            raise AppError("api.file.get_file_thumbnail.no_thumbnail.app_error")
        return file_reply(request, info, info.thumbnail_path, PREVIEW)


class FilePreview(ApiView):
    """A picture at most 1920 pixels wide."""

    def get(self, request: HttpRequest, file_id: str) -> HttpResponseBase:
        info = access_file(self.actor, file_id)
        if not info.preview_path:
            raise AppError("api.file.get_file_preview.no_preview.app_error")
        return file_reply(request, info, info.preview_path, PREVIEW)


class FileDetail(ApiView):
    """What is known of a file."""

    def get(self, request: HttpRequest, file_id: str) -> HttpResponse:
        response = json_response(file_json(access_file(self.actor, file_id)))
        response["Cache-Control"] = INFO_CACHE
        return response


class FileLink(ApiView):
    """The public link to a file of a post."""

    def get(self, request: HttpRequest, file_id: str) -> dict[str, Any]:
        _require_public_links()
        info = access_file(self.actor, file_id)
        if not info.post_id:
            raise AppError("api.file.get_public_link.no_post.app_error")
        site = site_url() or request.build_absolute_uri("/").rstrip("/")
        return {"link": f"{site}/files/{info.id}/public?h={link_hash(info.id)}"}


class PublicFile(ApiView):
    """The file behind a public link, for anybody; a refusal is a page, because people follow the link."""

    public = True
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, file_id: str) -> HttpResponseBase:
        _require_public_links()
        info = file_or_404(file_id)
        if not is_valid_hash(info.id, self.query.text("h")):
            raise AppError("api.file.get_file.public_invalid.app_error")
        return file_reply(request, info, info.path, info.mime_type)

    head = get

    def failed(self, error: Exception) -> HttpResponse:
        """A page that says what went wrong."""
        status = super().failed(error).status_code
        id = error.id if isinstance(error, AppError) else "api.unexpected.app_error"
        context = {"site_name": config.current().team.site_name, "text": text_for(id, {}, "en"), "code": status}
        return render(self.request, "web/refused.html", context, status=status)


def _require_public_links() -> None:
    if not config.current().file.enable_public_link:
        raise AppError("api.file.get_public_link.disabled.app_error", status=403)
