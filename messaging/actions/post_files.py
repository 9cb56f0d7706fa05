"""The files of a post when it is edited or deleted (semantics §8.3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from files.models import FileInfo
from mattermost_site import clock, jobs
from messaging.models import Post


def attach_files(*, post: Post, wanted: Sequence[str]) -> list[str]:
    """Give a new post those of the files that its author uploaded and no post has; answers their ids as asked."""
    free = FileInfo.objects.filter(id__in=wanted, creator_id=post.user_id, post_id="", delete_at=0)
    if not free.update(post_id=post.id, channel_id=post.channel_id, update_at=clock.now()):
        return []
    attached = set(FileInfo.objects.filter(post_id=post.id).values_list("id", flat=True))
    return [file_id for file_id in dict.fromkeys(wanted) if file_id in attached]


def change_files(*, post: Post, wanted: Sequence[str], restore: bool) -> list[str]:
    """Give a post just these files, as far as its author uploaded them and they belong to no other post.

    What is taken away is deleted; with ``restore``, files that were taken away from this post
    may come back. Answers the ids that the post now has: those it had, then the new ones, as asked.
    """
    now = clock.now()
    kept = [file_id for file_id in post.file_ids if file_id in wanted]
    if removed := set(post.file_ids) - set(kept):
        FileInfo.objects.filter(id__in=removed, post_id=post.id).update(delete_at=now, update_at=now)
    added = [file_id for file_id in dict.fromkeys(wanted) if file_id not in kept]
    return kept + (_attach(post, added, now, restore=restore) if added else [])


def _attach(post: Post, file_ids: list[str], now: int, *, restore: bool) -> list[str]:
    own = FileInfo.objects.filter(id__in=file_ids, creator_id=post.user_id)
    attached = set(own.filter(post_id="", delete_at=0).values_list("id", flat=True))
    if restore:
        attached |= set(own.filter(post_id=post.id).values_list("id", flat=True))
    FileInfo.objects.filter(id__in=attached).update(
        post_id=post.id, channel_id=post.channel_id, update_at=now, delete_at=0
    )
    return [file_id for file_id in file_ids if file_id in attached]


def delete_files(post_ids: Collection[str], now: int) -> None:
    """Mark the files of deleted posts as deleted."""
    FileInfo.objects.filter(post_id__in=post_ids, delete_at=0).update(delete_at=now, update_at=now)


def remove_files(post_ids: Collection[str]) -> None:
    """Remove the files of posts for good: the rows now, what is stored soon."""
    rows = FileInfo.objects.filter(post_id__in=post_ids)
    paths = [path for row in rows.values_list("path", "thumbnail_path", "preview_path") for path in row if path]
    rows.delete()
    if paths:
        jobs.enqueue("files.remove_from_store", {"paths": paths})
