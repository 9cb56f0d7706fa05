"""Posts that clients may send again: a table of ours."""

from __future__ import annotations

from django.db import models


class PendingPost(models.Model):
    """That a client's ``pending_post_id`` has become a post; ``create_at`` in ms.

    ``digest`` stands for the pending id, which may be any text of any length. A row is
    written in the transaction that stores the post, so that whoever sends the same again
    meanwhile, through whatever process, waits for that transaction.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    post_id = models.CharField(max_length=26)
    create_at = models.BigIntegerField()

    class Meta:
        db_table = "site_pendingposts"
        indexes = [models.Index(fields=["create_at"], name="site_pendingposts_create_at")]

    def __str__(self) -> str:
        return self.post_id
