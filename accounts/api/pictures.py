"""Profile pictures."""

from __future__ import annotations

from typing import IO

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from accounts.actions import pictures as actions
from accounts.permissions import require_profile
from accounts.pictures import generated_png, picture_path
from accounts.queries import profile_by_id, user_by_id
from accounts.queries.visibility import require_visible
from mattermost_site import config
from mattermost_site.api import OK, ApiView, not_modified
from mattermost_site.errors import AppError

FIELD = "image"
DAY, FIVE_MINUTES = 24 * 60 * 60, 5 * 60  # seconds
OVERHEAD = 64 * 1024  # bytes of a form around its picture


class UserPicture(ApiView):
    """The picture of an account: the uploaded one, else a generated one."""

    def get(self, request: HttpRequest, user_id: str) -> HttpResponse:
        require_visible(self.actor, user_id)
        profile = profile_by_id(user_id)
        etag = str(profile.last_picture_update)
        if unchanged := not_modified(request, etag):
            return unchanged
        path = picture_path(user_id)
        if profile.last_picture_update > 0 and default_storage.exists(path):
            with default_storage.open(path) as file:
                return _png(file.read(), etag, max_age=DAY)
        return _png(generated_png(profile.id, profile.username), etag, max_age=FIVE_MINUTES)

    def post(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_profile(self.actor, user_id)
        upload = _uploaded(request)
        actions.set_picture(user=user_by_id(user_id), upload=upload)
        return OK

    def delete(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_profile(self.actor, user_id)
        actions.remove_picture(user=user_by_id(user_id))
        return OK


class DefaultPicture(ApiView):
    """The generated picture, whatever was uploaded."""

    def get(self, request: HttpRequest, user_id: str) -> HttpResponse:
        require_visible(self.actor, user_id)
        profile = profile_by_id(user_id)
        return _png(generated_png(profile.id, profile.username), f"default.{profile.username}", max_age=DAY)


def _png(content: bytes, etag: str, *, max_age: int) -> HttpResponse:
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = f"max-age={max_age}, private"
    response["ETag"] = etag
    return response


def _uploaded(request: HttpRequest) -> IO[bytes]:
    """The picture of the form; AppError when there is none or the form is broken or too large."""
    limit = config.current().file.max_file_size
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit + OVERHEAD:
        raise AppError("api.user.upload_profile_user.too_large.app_error", status=413)
    if not (request.content_type or "").startswith("multipart/form-data"):
        raise AppError("api.user.upload_profile_user.parse.app_error")
    try:
        upload = request.FILES.get(FIELD)
    except (MultiPartParserError, RequestDataTooBig, TooManyFilesSent) as error:
        raise AppError("api.user.upload_profile_user.parse.app_error") from error
    if upload is None:
        raise AppError("api.user.upload_profile_user.no_file.app_error")
    if upload.file is None or (upload.size or 0) > limit:
        raise AppError("api.user.upload_profile_user.too_large.app_error", status=413)
    return upload.file
