"""Reading channels: what a member has seen (semantics §10)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction

from mattermost_site import clock, config
from mattermost_site.realtime import publish
from messaging import events
from messaging.actions.counters import Totals
from messaging.models import Post
from messaging.queries.collapsed_threads import has_collapsed_threads, may_be_off
from messaging.queries.post_rows import marks
from messaging.queries.unreads import seen_of

_VIEW = """
    UPDATE channelmembers SET
        msgcount = {counts[0]}, msgcountroot = {counts[1]},
        mentioncount = 0, mentioncountroot = 0, urgentmentioncount = 0,
        lastviewedat = CASE WHEN COALESCE(lastviewedat, 0) < {time} THEN {time} ELSE lastviewedat END,
        lastupdateat = CASE WHEN COALESCE(lastupdateat, 0) < {time} THEN {time} ELSE lastupdateat END
    WHERE userid = %s AND channelid {which}
"""


def mark_viewed_by_posting(*, post: Post, totals: Totals) -> None:
    """The author of a post, a member, has seen the channel up to it, without collapsed threads its threads too."""
    with connection.cursor() as cursor:
        cursor.execute(
            _VIEW.format(counts=("%s", "%s"), time="%s", which="= %s"),
            [totals.posts, totals.roots, *[post.create_at] * 4, post.user_id, post.channel_id],
        )
    if may_be_off() and not has_collapsed_threads(post.user_id):
        _mark_threads_read(post.user_id, [post.channel_id], clock.now())
    _tell(post.user_id, {post.channel_id: post.create_at})


def view_channels(*, user_id: str, channel_ids: Collection[str], collapsed_threads_supported: bool) -> dict[str, int]:
    """Mark channels as read by a member; answers until when each was, in ms by channel id.

    Channels that the user is not in are passed over, and nothing is written, or told, when
    nothing was unread. Unless both the client (``collapsed_threads_supported``) and the user
    have collapsed threads, the threads of what was unread are read too.
    """
    seen = seen_of(user_id, channel_ids)
    unread = sorted(channel_id for channel_id, one in seen.items() if one.is_unread)
    times = {channel_id: one.time for channel_id, one in seen.items()}
    if not unread:
        return times
    with transaction.atomic():
        _mark_viewed(user_id, unread)
        has_collapsed = has_collapsed_threads(user_id)
        reads_threads = config.current().service.thread_auto_follow and not (
            collapsed_threads_supported and has_collapsed
        )
        now = clock.now()
        if reads_threads:
            _mark_threads_read(user_id, unread, now)
        _tell(user_id, times)
        if reads_threads and has_collapsed:
            publish(*(events.threads_of_channel_read(user_id, channel_id, now) for channel_id in unread))
    return times


def _mark_viewed(user_id: str, channel_ids: Collection[str]) -> None:
    """Raise what was seen to the channels' present totals, which other posts may be raising at this moment."""
    total = "(SELECT COALESCE(c.{}, 0) FROM channels c WHERE c.id = channelmembers.channelid)"
    sql = _VIEW.format(
        counts=(total.format("totalmsgcount"), total.format("totalmsgcountroot")),
        time=total.format("lastpostat"),
        which=f"IN ({marks(channel_ids)})",
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [user_id, *channel_ids])


def _mark_threads_read(user_id: str, channel_ids: Collection[str], now: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE threadmemberships SET lastviewed = %s, unreadmentions = 0, lastupdated = %s
                WHERE userid = %s AND postid IN (
                    SELECT t.postid FROM threads t JOIN threadmemberships m ON m.postid = t.postid
                    WHERE m.userid = %s AND m.following AND t.channelid IN ({marks(channel_ids)})
                        AND (t.lastreplyat > m.lastviewed OR m.unreadmentions > 0))""",  # noqa: S608
            [now, now, user_id, user_id, *channel_ids],
        )


def _tell(user_id: str, times: dict[str, int]) -> None:
    if config.current().service.enable_channel_viewed_messages:
        publish(events.multiple_channels_viewed(user_id, times))
