"""One post: reading, changing and deleting it, its info, files, earlier versions and pin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Permission, require_system
from mattermost_site import config
from mattermost_site.actor import Actor
from mattermost_site.api import OK, ApiView, Body
from mattermost_site.api.responses import etag_of, json_response, not_modified, with_etag
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from messaging.access import ChannelAccess
from messaging.actions import post_delete, post_edit
from messaging.actions.post_edit import Changes
from messaging.api.posts import LARGEST_BODY
from messaging.permissions import allows
from messaging.post_access import (
    access_by_post,
    access_post,
    deletable_post,
    editable_post,
    own_post,
    pinnable_post,
)
from messaging.post_info import info_of
from messaging.post_metadata import complete
from messaging.queries.post_parts import files_of
from messaging.queries.post_rows import WirePost
from messaging.queries.posts import find_post, history_of, post_or_404


def _require_upload(actor: Actor, access: ChannelAccess, post: WirePost, file_ids: list[str] | None) -> None:
    """PermissionDenied when files are added by somebody who may not upload any."""
    if set(file_ids or ()) - set(post["file_ids"]) and not allows(actor, access, Permission.UPLOAD_FILE):
        raise PermissionDenied(Permission.UPLOAD_FILE)


def _file_ids(body: Body) -> list[str] | None:
    return body.texts("file_ids") if "file_ids" in body else None


class PostDetail(ApiView):
    """One post."""

    body_limit = LARGEST_BODY

    def get(self, request: HttpRequest, post_id: str) -> HttpResponse:
        deleted = self.query.flag("include_deleted")
        post, _ = access_post(self.actor, post_id, include_deleted=deleted)
        etag = etag_of(post["id"], post["update_at"])
        if same := not_modified(request, etag):
            return same
        complete([post], self.actor)
        return with_etag(json_response(post), etag)

    def put(self, request: HttpRequest, post_id: str) -> WirePost:
        body = self.body("post")
        changes = Changes(
            message=body.text("message"),
            props=body.object("props") or {},
            file_ids=_file_ids(body),
            is_pinned=body.flag("is_pinned"),
            has_reactions=body.flag("has_reactions"),
        )
        if body.text("id") != post_id:
            raise InvalidBodyParam("id")
        post, access = editable_post(self.actor, post_id)
        _require_upload(self.actor, access, post, changes.file_ids)
        return post_edit.edit_post(
            actor=self.actor, post=post, access=access, changes=changes, operation=post_edit.UPDATE
        )

    def delete(self, request: HttpRequest, post_id: str) -> dict[str, str]:
        permanent = self.query.flag("permanent")
        if permanent and not config.current().service.enable_api_post_deletion:
            raise AppError("api.post.delete_post.not_enabled.app_error", status=501)
        if permanent:
            require_system(self.actor, Permission.MANAGE_SYSTEM)
        post, access = deletable_post(self.actor, post_id, include_deleted=permanent)
        delete = post_delete.delete_post_for_good if permanent else post_delete.delete_post
        delete(actor=self.actor, post=post, access=access)
        return OK


class PostPatch(ApiView):
    """Changing parts of a post."""

    body_limit = LARGEST_BODY

    def put(self, request: HttpRequest, post_id: str) -> WirePost:
        body = self.body("post")
        changes = Changes(
            message=body.text("message") if "message" in body else None,
            props=body.object("props"),
            file_ids=_file_ids(body),
            is_pinned=body.flag("is_pinned") if "is_pinned" in body else None,
            has_reactions=body.flag("has_reactions") if "has_reactions" in body else None,
        )
        post, access = editable_post(self.actor, post_id)
        _require_upload(self.actor, access, post, changes.file_ids)
        return post_edit.edit_post(actor=self.actor, post=post, access=access, changes=changes)


class PostPin(ApiView):
    """Pinning a post to its channel, or taking it off."""

    is_pinned = True

    def post(self, request: HttpRequest, post_id: str) -> dict[str, str]:
        post, access = pinnable_post(self.actor, post_id)
        changes = Changes(is_pinned=self.is_pinned)
        post_edit.edit_post(actor=self.actor, post=post, access=access, changes=changes)
        return OK


class PostInfo(ApiView):
    """Where a post is, for who follows a link to it."""

    def get(self, request: HttpRequest, post_id: str) -> dict[str, Any]:
        return info_of(self.actor, post_id)


class PostFiles(ApiView):
    """The files of a post."""

    def get(self, request: HttpRequest, post_id: str) -> list[dict[str, Any]]:
        access_by_post(self.actor, post_id, Permission.READ_CHANNEL_CONTENT)
        deleted = self.query.flag("include_deleted")
        if deleted:
            require_system(self.actor, Permission.MANAGE_SYSTEM)
        post_or_404(post_id, include_deleted=deleted)
        return files_of([post_id], include_deleted=deleted).get(post_id, [])


class PostHistory(ApiView):
    """The earlier versions of a post, for its author."""

    def get(self, request: HttpRequest, post_id: str) -> list[WirePost]:
        own_post(self.actor, post_id)
        return history_of(post_id)


class PostRestore(ApiView):
    """Going back to an earlier version of a post."""

    free_ids = ("version_id",)

    def post(self, request: HttpRequest, post_id: str, version_id: str) -> WirePost:
        version = find_post(version_id, include_deleted=True)
        if version is None:
            raise PermissionDenied(Permission.EDIT_POST)
        post, access = own_post(self.actor, post_id)
        if version["original_id"] != post_id:
            raise AppError("app.post.restore_post_version.not_an_history_item.app_error")
        changes = Changes(message=version["message"], file_ids=version["file_ids"], restore=True)
        return post_edit.edit_post(actor=self.actor, post=post, access=access, changes=changes)
