"""The search index of posts: a table of ours."""

from __future__ import annotations

from django.db import models


class PostIndex(models.Model):
    """The tokens of a post, made by our own tokenizer; written by ``messaging.search.index``.

    ``tokens`` is a tsvector with a GIN index on PostgreSQL; on SQLite the table has two more
    columns and an FTS5 table beside it. A migration of this app makes either.
    """

    post_id = models.CharField(max_length=26, primary_key=True)
    tokens = models.TextField()

    class Meta:
        managed = False
        db_table = "site_postsearch"

    def __str__(self) -> str:
        return self.post_id
