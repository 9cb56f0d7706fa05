"""What of a post is searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from messaging.models import Post
from messaging.search.tokens import Token, tag_of, tokens_of


@dataclass(frozen=True, slots=True)
class Document:
    """A post as it is indexed; ``update_at`` (ms) tells an older version of it from a newer one."""

    post_id: str
    update_at: int
    tokens: Sequence[Token]
    tags: Sequence[str]


def document_of(post: Post) -> Document | None:
    """The document of a post; None for one that no search finds: deleted, of the system, or without words."""
    if post.delete_at or post.type.startswith("system_"):
        return None
    tokens = tokens_of(post.message)
    tags = [tag_of(tag) for tag in post.hashtags.split()]
    return Document(post.id, post.update_at, tokens, tags) if tokens or tags else None
