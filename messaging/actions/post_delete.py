"""Deleting posts, so that admins may still see that they were there, and for good (semantics §8.3)."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Model, Q

from accounts.models import Preference
from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging.access import ChannelAccess
from messaging.actions.post_files import delete_files, remove_files
from messaging.actions.thread_counts import forget_mentions, recount_thread
from messaging.events.post_changes import post_deleted
from messaging.models import (
    Draft,
    PersistentNotification,
    Post,
    PostAcknowledgement,
    PostIndex,
    PostPriority,
    PostReminder,
    Reaction,
    Thread,
    ThreadMembership,
)
from messaging.queries.post_rows import WirePost, marks
from messaging.queries.posts import FLAGGED
from messaging.search import index

DELETED_BY = "deleteBy"
"""The prop that says who deleted a post."""
OF_POSTS: tuple[type[Model], ...] = (
    PersistentNotification, PostAcknowledgement, PostIndex, PostPriority, PostReminder, Reaction, ThreadMembership,
    Thread,
)  # fmt: skip


def delete_post(*, actor: Actor, post: WirePost, access: ChannelAccess) -> None:
    """Mark a post and its replies as deleted; clients are told of the post alone and drop the replies themselves.

    ``api.post.delete_post.can_not_delete_post_in_deleted.error`` in an archived channel.
    """
    if access.channel.delete_at:
        raise AppError("api.post.delete_post.can_not_delete_post_in_deleted.error")
    now = clock.now()
    with transaction.atomic():
        ids = _thread_ids(post["id"])
        _mark(ids, actor.user_id, now)
        index.remove_posts(ids)
        delete_files(ids, now)
        _forget(ids)
        if post["root_id"]:
            recount_thread(root_id=post["root_id"], author_id=post["user_id"])
        else:
            Thread.objects.filter(post_id=post["id"]).update(thread_delete_at=now)
            PersistentNotification.objects.filter(post_id=post["id"], delete_at=0).update(delete_at=now)
        publish(*post_deleted(post, actor.user_id))
        forget_mentions(post=post, channel=access.channel)


def delete_post_for_good(*, actor: Actor, post: WirePost, access: ChannelAccess) -> None:
    """Remove a post, deleted or not, with its replies, versions and all that hangs on them."""
    with transaction.atomic():
        ids = _thread_ids(post["id"])
        versions = list(Post.objects.filter(original_id__in=ids).values_list("id", flat=True))
        remove_files(ids)
        _forget(ids)
        for model in OF_POSTS:
            model._default_manager.filter(post_id__in=ids).delete()
        Post.objects.filter(id__in=[*ids, *versions]).delete()
        if post["root_id"]:
            recount_thread(root_id=post["root_id"], author_id=post["user_id"])
        publish(*post_deleted(post, actor.user_id))
        if not post["delete_at"]:
            forget_mentions(post=post, channel=access.channel)


def _thread_ids(post_id: str) -> list[str]:
    """A post and its replies, those deleted before too, without earlier versions."""
    thread = Post.objects.filter(Q(id=post_id) | Q(root_id=post_id), original_id="")
    return [post_id, *thread.exclude(id=post_id).values_list("id", flat=True)]


def _mark(ids: list[str], user_id: str, now: int) -> None:
    if connection.vendor == "postgresql":
        props = f"jsonb_set(COALESCE(props, '{{}}'::jsonb), '{{{DELETED_BY}}}', to_jsonb(%s::text))"
    else:
        props = f"json_set(COALESCE(NULLIF(props, ''), '{{}}'), '$.{DELETED_BY}', %s)"
    sql = f"UPDATE posts SET deleteat = %s, updateat = %s, props = {props} WHERE id IN ({marks(ids)})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [now, now, user_id, *ids])


def _forget(ids: list[str]) -> None:
    """What people had noted about these posts: saved flags, drafts of replies."""
    Preference.objects.filter(category=FLAGGED, name__in=ids).delete()
    Draft.objects.filter(root_id__in=ids).delete()
