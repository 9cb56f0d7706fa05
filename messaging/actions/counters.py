"""Totals of channels and mention counts of members (semantics §10): always SQL arithmetic, so that none gets lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from messaging.models import Channel, Post
from messaging.queries.post_rows import marks, run

_COUNT_POST = """
    UPDATE channels SET
        lastpostat = CASE WHEN COALESCE(lastpostat, 0) < %s THEN %s ELSE lastpostat END,
        lastrootpostat = CASE WHEN COALESCE(lastrootpostat, 0) < %s THEN %s ELSE lastrootpostat END,
        totalmsgcount = COALESCE(totalmsgcount, 0) + %s,
        totalmsgcountroot = COALESCE(totalmsgcountroot, 0) + %s
    WHERE id = %s RETURNING totalmsgcount, totalmsgcountroot
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many posts a channel has, and how many of them are no replies."""

    posts: int
    roots: int


def count_post(*, channel: Channel, post: Post, counts: bool) -> Totals:
    """Raise a channel's totals and times by a new post and answer the new ones.

    ``counts`` is false for joins and leaves. The channel's row stays locked until the
    transaction ends, so posts of a channel are counted one after the other. ``channel``
    keeps what it held.
    """
    step, root_step = int(counts), int(counts and not post.root_id)
    root_time = 0 if post.root_id else post.create_at
    rows = run(_COUNT_POST, [post.create_at, post.create_at, root_time, root_time, step, root_step, channel.id])
    return Totals(*rows[0]) if rows else Totals(0, 0)


def count_mentions(*, post: Post, user_ids: Collection[str], urgent: bool = False) -> None:
    """Raise the mention counts of those members whom a new post mentions; ``urgent`` for urgent root posts."""
    if not user_ids:
        return
    is_root = int(not post.root_id)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE channelmembers SET
                mentioncount = COALESCE(mentioncount, 0) + 1,
                mentioncountroot = COALESCE(mentioncountroot, 0) + %s,
                urgentmentioncount = COALESCE(urgentmentioncount, 0) + %s,
                lastupdateat = CASE WHEN COALESCE(lastupdateat, 0) < %s THEN %s ELSE lastupdateat END
                WHERE channelid = %s AND userid IN ({marks(user_ids)})""",  # noqa: S608 - placeholders
            [is_root, is_root * urgent, post.create_at, post.create_at, post.channel_id, *sorted(user_ids)],
        )
