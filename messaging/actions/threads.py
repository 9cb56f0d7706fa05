"""Following and reading threads (semantics §11)."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from mattermost_site import clock
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging.actions.thread_counts import unread_mentions_of
from messaging.events import threads as events
from messaging.models import Thread, ThreadMembership
from messaging.queries.posts import post_or_404
from messaging.queries.threads import followed_thread


class NotFollowed(AppError):
    """The user does not follow this thread, or it has no replies yet."""

    id = "app.user.get_threads_for_user.not_found"
    status = 404


class NeverFollowed(AppError):
    """The user has never followed this thread."""

    id = "app.user.get_thread_membership_for_user.not_found"
    status = 404


def membership_or_404(user_id: str, root_id: str) -> ThreadMembership:
    """The user's membership, also one that is over; NeverFollowed when there is none."""
    membership = ThreadMembership.objects.filter(post_id=root_id, user_id=user_id).first()
    if membership is None:
        raise NeverFollowed
    return membership


def thread_or_404(user_id: str, root_id: str, *, extended: bool = False) -> dict[str, Any]:
    """The thread as its follower sees it; NeverFollowed or NotFollowed otherwise."""
    thread = followed_thread(user_id, root_id, extended=extended)
    if thread is None:
        membership_or_404(user_id, root_id)
        raise NotFollowed
    return thread


def set_following(*, user_id: str, team_id: str, root_id: str, following: bool) -> None:
    """Follow a thread, all of it being read then, or stop; any post can be followed.

    ``team_id`` is that through which the client asked; the event names it.
    """
    now = clock.now()
    changes: dict[str, Any] = {"following": following, "last_updated": now}
    if following:
        changes |= {"last_viewed": now, "unread_mentions": 0}
    with transaction.atomic():
        ThreadMembership.objects.update_or_create(post_id=root_id, user_id=user_id, defaults=changes)
        count = Thread.objects.filter(post_id=root_id).values_list("reply_count", flat=True).first() or 0
        publish(
            events.thread_follow_changed(
                root_id, user_id=user_id, team_id=team_id, following=following, reply_count=count
            )
        )


def mark_read(*, user_id: str, team_id: str, root_id: str, time: int) -> dict[str, Any]:
    """The user has seen a thread up to ``time`` (ms), which may be earlier than before; answers the thread."""
    with transaction.atomic():
        before = thread_or_404(user_id, root_id)
        ThreadMembership.objects.filter(post_id=root_id, user_id=user_id).update(
            last_viewed=time,
            last_updated=clock.now(),
            unread_mentions=unread_mentions_of(user_id, before["post"], time),
        )
        thread = thread_or_404(user_id, root_id)
        previous = before["unread_mentions"], before["unread_replies"]
        publish(events.thread_read_changed(thread, user_id=user_id, team_id=team_id, time=time, previous=previous))
    return thread


def mark_all_read(*, user_id: str, team_id: str) -> None:
    """The user has read all threads of a team and all direct ones."""
    now = clock.now()
    sql = """UPDATE threadmemberships SET lastviewed = %s, lastupdated = %s, unreadmentions = 0
        WHERE userid = %s AND following AND postid IN (
            SELECT t.postid FROM threads t JOIN channels c ON c.id = t.channelid
            WHERE (c.teamid = %s OR c.teamid = '') AND t.lastreplyat > threadmemberships.lastviewed)"""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql, [now, now, user_id, team_id])
        publish(events.all_threads_read(user_id, team_id))


def set_unread(*, user_id: str, team_id: str, root_id: str, post_id: str) -> dict[str, Any]:
    """Follow a thread, in any case, and make it unread from one of its posts on; answers the thread.

    ``app.user.update_thread_read_for_user_by_post.app_error`` when the post is of another
    thread, NoSuchPost, NotFollowed when there are no replies.
    """
    set_following(user_id=user_id, team_id=team_id, root_id=root_id, following=True)
    post = post_or_404(post_id)
    if root_id not in (post["id"], post["root_id"]):
        raise AppError("app.user.update_thread_read_for_user_by_post.app_error")
    return mark_read(user_id=user_id, team_id=team_id, root_id=root_id, time=post["create_at"] - 1)
