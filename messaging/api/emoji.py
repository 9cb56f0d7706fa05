"""Custom emoji: looking them up, making and deleting them, their pictures."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import orjson
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from accounts.permissions import Permission
from mattermost_site import config
from mattermost_site.api import OK, ApiView, Body
from mattermost_site.errors import AppError, InvalidBodyParam, InvalidUrlParam, NoSuchRoute
from messaging.actions import emoji as actions
from messaging.emoji_pictures import BYTES_LIMIT, media_type, picture_path
from messaging.queries import emoji as queries
from teams.permissions import require_anywhere

NAME = re.compile(r"[A-Za-z0-9_+-]+")
NAME_LIMIT = 64
NAMES_AT_ONCE = 200
MONTH = 30 * 24 * 60 * 60  # seconds
OVERHEAD = 16 * 1024  # bytes of a form around its picture


class EmojiView(ApiView):
    """A view that answers only while custom emoji are on (``ServiceSettings.EnableCustomEmoji``)."""

    refusal: ClassVar[int] = 501
    """The status of the refusal; searches answer another one (recorded)."""

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not config.current().service.enable_custom_emoji:
            raise AppError("api.emoji.disabled.app_error", status=self.refusal)


class EmojiCollection(EmojiView):
    """The collection of custom emoji."""

    def get(self, request: HttpRequest) -> list[dict[str, Any]]:
        sort = self.query.text("sort")
        if sort not in ("", "name"):
            raise InvalidUrlParam("sort")
        return queries.emoji_page(page=self.query.page, per_page=self.query.per_page, by_name=sort == "name")

    def post(self, request: HttpRequest) -> dict[str, Any]:
        form = EmojiForm(request)
        require_anywhere(self.actor, Permission.CREATE_EMOJIS)
        wanted = form.emoji()
        if wanted.text("creator_id") != self.actor.user_id:
            raise AppError("api.emoji.create.other_user.app_error", status=403)
        actions.check_name(wanted.text("name"))
        return actions.create_emoji(actor=self.actor, name=wanted.text("name"), upload=form.picture())


class EmojiByName(EmojiView):
    """One custom emoji by name."""

    def get(self, request: HttpRequest, emoji_name: str) -> dict[str, Any]:
        if not NAME.fullmatch(emoji_name):
            raise NoSuchRoute
        if len(emoji_name) > NAME_LIMIT:
            raise InvalidUrlParam("emoji_name")
        return queries.emoji_by_name(emoji_name)


class EmojiByNames(EmojiView):
    """Several custom emoji by name."""

    def post(self, request: HttpRequest) -> list[dict[str, Any]]:
        names = self.texts("names")
        if not names:
            raise InvalidBodyParam("names")
        if len(names) > NAMES_AT_ONCE:
            raise AppError("api.emoji.get_multiple_by_name_too_many.request_error")
        return queries.emoji_by_names(names)


class EmojiSearch(EmojiView):
    """Custom emoji by a part of their names."""

    refusal = 403

    def post(self, request: HttpRequest) -> list[dict[str, Any]]:
        body = self.body("term")
        term, prefix_only = body.text("term"), body.flag("prefix_only")
        if not term:
            raise InvalidBodyParam("term")
        return queries.search_emoji(term, prefix_only=prefix_only)


class EmojiAutocomplete(EmojiView):
    """Custom emoji by how their names begin."""

    refusal = 403

    def get(self, request: HttpRequest) -> list[dict[str, Any]]:
        name = self.query.text("name")
        if not name:
            raise InvalidUrlParam("name")
        return queries.search_emoji(name, prefix_only=True)


class EmojiDetail(EmojiView):
    """One custom emoji."""

    def get(self, request: HttpRequest, emoji_id: str) -> dict[str, Any]:
        return queries.emoji_by_id(emoji_id)

    def delete(self, request: HttpRequest, emoji_id: str) -> dict[str, str]:
        emoji = queries.living_emoji(emoji_id)
        others = [] if emoji.creator_id == self.actor.user_id else [Permission.DELETE_OTHERS_EMOJIS]
        require_anywhere(self.actor, Permission.DELETE_EMOJIS, *others)
        actions.delete_emoji(emoji=emoji)
        return OK


class EmojiPicture(EmojiView):
    """The picture of a custom emoji."""

    def get(self, request: HttpRequest, emoji_id: str) -> HttpResponse:
        path = picture_path(queries.living_emoji(emoji_id).id)
        if not default_storage.exists(path):
            raise AppError("api.emoji.get_image.read.app_error", status=404)
        with default_storage.open(path) as file:
            picture = file.read()
        response = HttpResponse(picture, content_type=media_type(picture))
        response["Cache-Control"] = f"max-age={MONTH}, private"
        return response


class EmojiForm:
    """A form with a picture and, as JSON, the name and the creator of an emoji.

    ``api.emoji.create.too_large.app_error`` (413) or ``api.emoji.create.parse.app_error`` when it cannot be read.
    """

    def __init__(self, request: HttpRequest) -> None:
        if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES_LIMIT + OVERHEAD:
            raise AppError("api.emoji.create.too_large.app_error", status=413)
        if request.content_type != "multipart/form-data":
            raise AppError("api.emoji.create.parse.app_error")
        try:
            self.fields, self.files = request.POST, request.FILES
        except (MultiPartParserError, RequestDataTooBig, TooManyFilesSent, UnicodeError) as error:
            raise AppError("api.emoji.create.parse.app_error") from error

    def emoji(self) -> Body:
        """What is to be made; InvalidBodyParam when it is missing or no JSON object."""
        try:
            return Body(orjson.loads(self.fields.get("emoji", "")), "emoji")
        except orjson.JSONDecodeError as error:
            raise InvalidBodyParam("emoji", str(error)) from error

    def picture(self) -> bytes:
        """The bytes of the picture; InvalidBodyParam when it is missing."""
        upload = self.files.get("image")
        if upload is None:
            raise InvalidBodyParam("image")
        if (upload.size or 0) > BYTES_LIMIT:
            raise AppError("api.emoji.create.too_large.app_error", status=413)
        content: bytes = upload.read()
        return content
