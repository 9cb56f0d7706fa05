"""Keeping the index true: called in the transaction that writes the post, one statement each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from messaging.models import Post, PostIndex
from messaging.search.documents import Document, document_of
from messaging.search.engines import engine

_ORPHANS = """DELETE FROM site_postsearch WHERE NOT EXISTS
    (SELECT 1 FROM posts p WHERE p.id = site_postsearch.post_id AND p.deleteat = 0)"""


def add_post(post: Post) -> None:
    """Index a new post; no statement for one without words."""
    if document := document_of(post):
        _store([document])


def update_post(post: Post) -> None:
    """Index a post that has changed."""
    if document := document_of(post):
        _store([document])
    else:
        remove_posts([post.id])


def add_posts(posts: Collection[Post]) -> None:
    """Index many posts; what is already known of a newer version of one stays."""
    if documents := [document for post in posts if (document := document_of(post))]:
        _store(documents)


def remove_posts(post_ids: Collection[str]) -> None:
    """Have posts found no more."""
    PostIndex.objects.filter(post_id__in=post_ids).delete()


def remove_orphans() -> None:
    """Forget what is indexed of posts that are gone."""
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS)


def _store(documents: Sequence[Document]) -> None:
    used = engine()
    one = f"({', '.join(used.placeholders)})"
    changes = ", ".join(f"{name} = excluded.{name}" for name in used.columns[1:])
    sql = f"""INSERT INTO site_postsearch ({", ".join(used.columns)}) VALUES {", ".join([one] * len(documents))}
        ON CONFLICT (post_id) DO UPDATE SET {changes}
        WHERE site_postsearch.update_at <= excluded.update_at"""  # noqa: S608 - columns and placeholders of ours
    values: list[Any] = [value for document in documents for value in used.row(document)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
