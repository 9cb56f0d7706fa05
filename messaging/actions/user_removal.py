"""What leaves channels when an account is deleted for good (semantics §5.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Count, Max, Min, Model, Q

from files.models import FileInfo, UploadSession
from mattermost_site import jobs
from mattermost_site.realtime import control
from messaging.actions.channel_removal import FILES_A_JOB, OF_POSTS
from messaging.models import (
    ChannelMember,
    ChannelMemberHistory,
    Draft,
    Post,
    PostAcknowledgement,
    PostReminder,
    Reaction,
    RecentSearch,
    ScheduledPost,
    SidebarCategory,
    SidebarChannel,
    Thread,
    ThreadMembership,
)

CHUNK = 500  # posts at a time
OF_USER: tuple[type[Model], ...] = (
    ChannelMember, ChannelMemberHistory, Draft, PostAcknowledgement, PostReminder, RecentSearch, ScheduledPost,
    SidebarCategory, SidebarChannel, ThreadMembership, UploadSession,
)  # fmt: skip


def remove_user_from_channels(*, user_id: str) -> None:
    """Delete a user's posts with all answers to them, reactions, files and memberships; nobody is told.

    Files leave the store after the commit, in the background.
    """
    with transaction.atomic():
        own = Post.objects.filter(user_id=user_id)
        roots = set(own.exclude(root_id="").values_list("root_id", flat=True))
        doomed = Post.objects.filter(Q(user_id=user_id) | Q(root_id__in=own.values("id")))
        for chunk in _chunks(list(doomed.values_list("id", flat=True))):
            _delete_posts(chunk)
        _delete_files(FileInfo.objects.filter(creator_id=user_id).values_list("id", flat=True))
        _delete_reactions(user_id)
        for chunk in _chunks(list(roots)):
            _recount_threads(chunk)
        _leave_channels(user_id)


def _delete_posts(post_ids: Sequence[str]) -> None:
    _delete_files(FileInfo.objects.filter(post_id__in=post_ids).values_list("id", flat=True))
    for model in OF_POSTS:
        model._default_manager.filter(post_id__in=post_ids).delete()
    Thread.objects.filter(post_id__in=post_ids).delete()
    Post.objects.filter(Q(id__in=post_ids) | Q(original_id__in=post_ids)).delete()


def _delete_files(file_ids: Iterable[str]) -> None:
    for chunk in _chunks(list(file_ids), FILES_A_JOB):
        files = FileInfo.objects.filter(id__in=chunk)
        rows = files.values_list("path", "thumbnail_path", "preview_path")
        jobs.enqueue("files.remove_from_store", {"paths": [path for row in rows for path in row if path]})
        files.delete()


def _delete_reactions(user_id: str) -> None:
    """Also the mark on posts that have none left."""
    rows = Reaction.objects.filter(user_id=user_id)
    post_ids = list(rows.values_list("post_id", flat=True))
    rows.delete()
    for chunk in _chunks(post_ids):
        still = Reaction.objects.filter(post_id__in=chunk, delete_at=0).values("post_id")
        Post.objects.filter(id__in=chunk).exclude(id__in=still).update(has_reactions=False)


def _recount_threads(root_ids: Sequence[str]) -> None:
    """Threads that lost answers: their counts, or, without any answer left, the thread itself."""
    answers = Post.objects.filter(root_id__in=root_ids, delete_at=0)
    totals = {
        row["root_id"]: row
        for row in answers.values("root_id").annotate(count=Count("id"), last=Max("create_at")).order_by()
    }
    people: dict[str, list[str]] = {}
    writers = answers.values("root_id", "user_id").annotate(first=Min("create_at")).order_by("first")
    for row in writers:
        people.setdefault(row["root_id"], []).append(row["user_id"])
    for thread in Thread.objects.filter(post_id__in=root_ids):
        total = totals.get(thread.post_id)
        if total is None:
            ThreadMembership.objects.filter(post_id=thread.post_id).delete()
            thread.delete()
            continue
        thread.reply_count, thread.last_reply_at = total["count"], total["last"]
        thread.participants = people[thread.post_id]
        thread.save(update_fields=["reply_count", "last_reply_at", "participants"])


def _leave_channels(user_id: str) -> None:
    channel_ids = list(ChannelMember.objects.filter(user_id=user_id).values_list("channel_id", flat=True))
    for model in OF_USER:
        model._default_manager.filter(user_id=user_id).delete()
    for channel_id in channel_ids:
        control.member_left(user_id=user_id, channel_id=channel_id)


def _chunks(ids: Sequence[str], size: int = CHUNK) -> Iterable[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
