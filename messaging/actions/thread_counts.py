"""What a thread counts, for all and for each follower, when replies go (semantics §11)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, F, Max

from mattermost_site import config
from mattermost_site.realtime import publish
from messaging.events.threads import thread_updated
from messaging.mentions.people import Content, mentions_of
from messaging.mentions.recount import thread_mentions_since
from messaging.models import Channel, Post, Thread, ThreadMembership
from messaging.queries.collapsed_threads import with_collapsed_threads
from messaging.queries.post_rows import WirePost
from messaging.queries.threads import threads_of_followers


def recount_thread(*, root_id: str, author_id: str) -> None:
    """Count the replies that are left; whoever has none any more is no participant. The order of the others stays."""
    with transaction.atomic():
        thread = Thread.objects.select_for_update().filter(post_id=root_id).first()
        if thread is None:
            return
        replies = Post.objects.filter(root_id=root_id, delete_at=0)
        left = replies.aggregate(count=Count("id"), last=Max("create_at"))
        thread.reply_count, thread.last_reply_at = left["count"], left["last"] or 0
        if author_id in thread.participants and not replies.filter(user_id=author_id).exists():
            thread.participants = [user_id for user_id in thread.participants if user_id != author_id]
        thread.save()


def unread_mentions_of(user_id: str, root: WirePost, time: int) -> int:
    """How many replies of a thread after ``time`` (ms) mention a follower; in direct channels all those of others."""
    return thread_mentions_since(user_id, Channel.objects.get(id=root["channel_id"]), root["id"], time)


def forget_mentions(*, post: WirePost, channel: Channel) -> None:
    """A reply was deleted: followers whom it mentioned and who had not read it have one mention less, and are told."""
    if not post["root_id"] or config.current().service.collapsed_threads == "disabled":
        return
    unread = ThreadMembership.objects.filter(
        post_id=post["root_id"], following=True, unread_mentions__gt=0, last_viewed__lt=post["create_at"]
    ).exclude(user_id=post["user_id"])
    candidates = set(unread.values_list("user_id", flat=True))
    if not candidates:
        return
    content = Content(post["user_id"], post["message"], post["props"], post["type"])
    user_ids = candidates & mentions_of(content, channel).people
    unread.filter(user_id__in=user_ids).update(unread_mentions=F("unread_mentions") - 1)
    for user_id, thread in threads_of_followers(post["root_id"], with_collapsed_threads(user_ids)).items():
        publish(thread_updated(thread, user_id=user_id, team_id=channel.team_id))
