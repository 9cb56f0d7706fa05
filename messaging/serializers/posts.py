"""Wire shapes of posts."""

from __future__ import annotations

from typing import Any

from messaging.models import Post


def post_json(
    post: Post,
    *,
    reply_count: int = 0,
    last_reply_at: int = 0,
    participants: list[dict[str, Any]] | None = None,
    metadata: dict[str, Any] | None = None,
    pending_post_id: str = "",
    is_following: bool | None = None,
) -> dict[str, Any]:
    """A post (semantics §8.1)."""
    out: dict[str, Any] = {
        "id": post.id,
        "create_at": post.create_at,
        "update_at": post.update_at,
        "edit_at": post.edit_at,
        "delete_at": post.delete_at,
        "is_pinned": post.is_pinned,
        "user_id": post.user_id,
        "channel_id": post.channel_id,
        "root_id": post.root_id,
        "original_id": post.original_id,
        "message": post.message,
        "type": post.type,
        "props": post.props,
        "hashtags": post.hashtags,
        "file_ids": post.file_ids,
        "pending_post_id": pending_post_id,
        "reply_count": reply_count,
        "last_reply_at": last_reply_at,
        "participants": participants,
        "metadata": metadata or {},
    }
    if post.remote_id is not None:
        out["remote_id"] = post.remote_id
    if post.has_reactions:
        out["has_reactions"] = True
    if is_following is not None:
        out["is_following"] = is_following
    return out
