"""Reads of posts other than pages of a channel."""

from __future__ import annotations

from collections.abc import Collection

from mattermost_site.errors import AppError
from messaging.models import Post
from messaging.queries.post_pages import PostList, list_of
from messaging.queries.post_parts import files_by_id
from messaging.queries.post_rows import COUNTED, PLAIN, WirePost, fetch, marks

FLAGGED = "flagged_post"
"""The category of preferences that saves posts; the preference's name is the post's id."""


class NoSuchPost(AppError):
    """There is no such post, or it is deleted."""

    id = "app.post.get.app_error"
    status = 404


def find_post(post_id: str, *, include_deleted: bool = False) -> WirePost | None:
    """A post with the number of replies of its thread, None when there is none; deleted ones on demand."""
    alive = "" if include_deleted else " AND p.deleteat = 0"
    rows = fetch(f"{COUNTED} WHERE p.id = %s{alive}", [post_id])
    return rows[0] if rows else None


def post_or_404(post_id: str, *, include_deleted: bool = False) -> WirePost:
    """A post with the number of replies of its thread; NoSuchPost when there is none."""
    post = find_post(post_id, include_deleted=include_deleted)
    if post is None:
        raise NoSuchPost
    return post


def posts_by_ids(post_ids: Collection[str]) -> list[WirePost]:
    """Those of the posts that exist, deleted ones too, newest first."""
    if not post_ids:
        return []
    return fetch(f"{COUNTED} WHERE p.id IN ({marks(post_ids)}) ORDER BY p.createat DESC, p.id DESC", [*post_ids])


def channels_of(post_ids: Collection[str]) -> dict[str, str]:
    """The channel of each post by its id, also of deleted ones; unknown posts are left out."""
    return dict(Post.objects.filter(id__in=post_ids).values_list("id", "channel_id"))


def pinned(channel_id: str) -> PostList:
    """The pinned posts of a channel, oldest first."""
    sql = f"{COUNTED} WHERE p.channelid = %s AND p.ispinned AND p.deleteat = 0 ORDER BY p.createat, p.id"
    return list_of(fetch(sql, [channel_id]))


def flagged(user_id: str, *, team_id: str, channel_id: str, skipped: int, per_page: int) -> list[WirePost]:
    """The posts that a user saved, newest first, of the channels the user is in: of one, of a team and
    direct ones, or of all. A preference counts whatever its value.
    """
    where, place = "", []
    if channel_id:
        where, place = " AND p.channelid = %s", [channel_id]
    elif team_id:
        where, place = " AND (c.teamid = %s OR c.teamid = '')", [team_id]
    sql = f"""{COUNTED}
        JOIN preferences f ON f.name = p.id AND f.userid = %s AND f.category = %s
        JOIN channels c ON c.id = p.channelid
        JOIN channelmembers m ON m.channelid = p.channelid AND m.userid = %s
        WHERE p.deleteat = 0{where} ORDER BY p.createat DESC, p.id DESC LIMIT %s OFFSET %s"""
    return fetch(sql, [user_id, FLAGGED, user_id, *place, per_page, skipped])


def versions(post_id: str) -> list[WirePost]:
    """The earlier versions of a post, the latest first."""
    sql = f"{PLAIN} WHERE p.originalid = %s ORDER BY p.deleteat DESC, p.updateat DESC, p.id"
    return fetch(sql, [post_id])


def history_of(post_id: str) -> list[WirePost]:
    """The earlier versions of a post with the files that each had, the latest first; NoSuchPost if it never changed."""
    found = versions(post_id)
    if not found:
        raise NoSuchPost
    file_ids = {file_id for version in found for file_id in version["file_ids"]}
    infos = files_by_id(file_ids, include_deleted=True) if file_ids else {}
    for version in found:
        files = [infos[file_id] for file_id in version["file_ids"] if file_id in infos]
        version["metadata"] = {"files": files} if files else {}
    return found
