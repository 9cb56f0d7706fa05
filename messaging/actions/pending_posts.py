"""Sending a post again does not make a second one (``pending_post_id``, semantics §8.2)."""

from __future__ import annotations

import hashlib

from mattermost_site import clock
from messaging.models import PendingPost
from messaging.queries.post_rows import run

REMEMBERED = 10 * clock.MINUTE

_CLAIM = """
    INSERT INTO site_pendingposts (digest, post_id, create_at) VALUES (%s, %s, %s)
    ON CONFLICT (digest) DO UPDATE SET post_id = excluded.post_id, create_at = excluded.create_at
        WHERE site_pendingposts.create_at < %s
    RETURNING post_id
"""


def claim(*, pending_post_id: str, post_id: str) -> str:
    """Note that a pending id becomes this post; answers the id of the post that it is already, else ``""``.

    Waits for a transaction that is just storing the same: if that fails, the claim is free.
    """
    now = clock.now()
    digest = hashlib.sha256(pending_post_id.encode("utf-8", "surrogatepass")).hexdigest()
    if run(_CLAIM, [digest, post_id, now, now - REMEMBERED]):
        return ""
    return PendingPost.objects.values_list("post_id", flat=True).get(digest=digest)


def forget_old() -> None:
    """Delete what no client sends again."""
    PendingPost.objects.filter(create_at__lt=clock.now() - REMEMBERED).delete()
