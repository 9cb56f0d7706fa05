"""Changing posts: text, props, files, pin; every change leaves the earlier version behind (semantics §8.3)."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish
from messaging import permalinks, validation
from messaging.access import ChannelAccess
from messaging.actions.post_files import change_files
from messaging.attachments import normalise
from messaging.events.post_changes import post_edited
from messaging.models import Post
from messaging.post_content import derive
from messaging.post_metadata import PREVIEWED, complete, without_quote
from messaging.queries.post_rows import WirePost
from messaging.queries.posts import NoSuchPost, post_or_404
from messaging.search import index

PATCH, UPDATE = "patch_post", "update_post"
"""How errors call the two ways to change a post."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be different; None leaves a field as it is. ``restore`` brings deleted files of the post back."""

    message: str | None = None
    props: dict[str, Any] | None = None
    file_ids: list[str] | None = None
    is_pinned: bool | None = None
    has_reactions: bool | None = None
    restore: bool = False


def edit_post(
    *, actor: Actor, post: WirePost, access: ChannelAccess, changes: Changes, operation: str = PATCH
) -> WirePost:
    """Change a post, keep its earlier version, and answer its wire shape as the actor may see it.

    Raises ``api.post.update_post.system_message.app_error``, ``….can_not_update_post_in_deleted.error`` in an
    archived channel, ``api.post.update_post.permissions_time_limit.app_error``, InvalidPost, NoSuchPost.
    """
    _check(post, access, changes, operation)
    with transaction.atomic():
        stored = Post.objects.select_for_update().filter(id=post["id"], delete_at=0).first()
        if stored is None:
            raise NoSuchPost
        earlier = copy(stored)
        _apply(actor, stored, access, changes)
        _keep_version(earlier, stored.update_at)
        stored.save()
        if (stored.message, stored.hashtags) != (earlier.message, earlier.hashtags):
            index.update_post(stored)
        return _tell(actor, stored.id)


def _check(post: WirePost, access: ChannelAccess, changes: Changes, operation: str) -> None:
    is_system = post["type"].startswith("system_")
    if is_system and operation == UPDATE:
        raise AppError("api.post.update_post.system_message.app_error")
    if access.channel.delete_at:
        raise AppError(f"api.post.{operation}.can_not_update_post_in_deleted.error")
    if is_system:
        raise AppError("api.post.update_post.system_message.app_error")
    limit = config.current().service.post_edit_time_limit
    is_new_text = changes.message is not None and changes.message != post["message"]
    if limit != -1 and is_new_text and clock.now() > post["create_at"] + limit * clock.SECOND:
        raise AppError("api.post.update_post.permissions_time_limit.app_error")


def _apply(actor: Actor, post: Post, access: ChannelAccess, changes: Changes) -> None:
    """Set the fields. The time of the edit changes with the text, the files and the attachments only."""
    before = (post.message, post.file_ids, post.props.get("attachments"))
    post.update_at = max(clock.now(), post.update_at + 1)
    if changes.message is not None:
        post.message = changes.message
    if changes.props is not None:
        post.props = normalise(changes.props)
    if changes.is_pinned is not None:
        post.is_pinned = changes.is_pinned
    if changes.has_reactions is not None:
        post.has_reactions = changes.has_reactions
    derive(actor, post, access.channel)
    validation.check_post(post)
    if changes.file_ids is not None:
        post.file_ids = change_files(post=post, wanted=changes.file_ids, restore=changes.restore)
    if quoted := permalinks.previewed(post.message):
        post.props = post.props | {PREVIEWED: quoted}
    if before != (post.message, post.file_ids, post.props.get("attachments")):
        post.edit_at = post.update_at


def _keep_version(earlier: Post, time: int) -> None:
    """Store what the post was: a row of its own that counts as deleted."""
    earlier.original_id, earlier.id = earlier.id, new_id()
    earlier.update_at = earlier.delete_at = time
    earlier.save(force_insert=True)


def _tell(actor: Actor, post_id: str) -> WirePost:
    """Tell the channel; those who may not see what the post quotes get it without, the actor too."""
    shape = post_or_404(post_id)
    quote = complete([shape], None).get(post_id)
    publish(*post_edited(shape, quote))
    if quote and not permalinks.readable(actor, {post_id: quote}):
        return without_quote(shape)
    return shape
