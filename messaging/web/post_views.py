"""A post as templates show it, and what a list of them makes of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

CLOSE = 5 * 60 * 1000  # ms within which posts of one author stand together


@dataclass(slots=True)
class ReactionView:
    """One kind of reaction on a post; ``sign`` is its character, ``picture`` the address of a custom emoji."""

    name: str
    sign: str
    picture: str
    user_ids: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many people reacted so."""
        return len(self.user_ids)


@dataclass(slots=True)
class PostView:
    """A post as templates show it."""

    id: str
    channel_id: str
    root_id: str
    author_id: str
    author: str
    address: str
    avatar: str
    initials: str
    hue: int
    created: datetime
    created_ms: int
    is_edited: bool
    is_system: bool
    is_silent: bool
    is_bot: bool
    is_pinned: bool
    body: SafeString
    source: str
    reply_count: int
    files: list[dict[str, Any]]
    attachments: list[dict[str, Any]]
    reactions: list[ReactionView]
    answers: str = ""
    stands_with_last: bool = False
    begins_day: bool = False
    is_first_unread: bool = False


def arrange(views: Sequence[PostView], *, last_viewed_at: int | None = None, me: str = "") -> None:
    """Mark, in posts from old to new, who goes on talking, where days begin and what is new since a time (ms)."""
    last: PostView | None = None
    is_marked = last_viewed_at is None
    for view in views:
        view.begins_day = last is None or last.created.date() != view.created.date()
        view.stands_with_last = last is not None and not view.begins_day and _go_together(last, view)
        counts = not view.is_silent and view.author_id != me
        if not is_marked and counts and view.created_ms > (last_viewed_at or 0):
            is_marked = view.is_first_unread = True
            view.stands_with_last = False
        last = view


def _go_together(last: PostView, view: PostView) -> bool:
    same = last.author_id == view.author_id and last.author == view.author and last.is_bot == view.is_bot
    plain = not last.is_system and not view.is_system and last.root_id == view.root_id
    return same and plain and view.created_ms - last.created_ms < CLOSE
