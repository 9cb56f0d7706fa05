"""Storing a post and telling of it (semantics §8.2, §10, §11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from mattermost_site import config, hooks
from mattermost_site.actor import Actor
from mattermost_site.realtime import publish
from messaging import events, permalinks
from messaging.access import ChannelAccess
from messaging.actions import threads_on_reply
from messaging.actions.counters import Totals, count_mentions, count_post
from messaging.actions.ephemeral import send_notices
from messaging.actions.post_extras import extras_for
from messaging.actions.post_files import attach_files
from messaging.actions.views import mark_viewed_by_posting
from messaging.mentions.people import Mentions
from messaging.models import Channel, PersistentNotification, Post, PostPriority
from messaging.new_posts import URGENT, NewPost
from messaging.post_metadata import complete, without_quote
from messaging.search import index
from messaging.serializers import post_json

FROM_PROGRAMS = frozenset({"from_bot", "from_webhook"})
"""Props that say that no person writes."""


@dataclass(slots=True)
class Creation:
    """One checked post on its way into the database and to everybody whom it concerns, inside of a transaction."""

    actor: Actor
    access: ChannelAccess
    post: Post
    root: Post | None
    mentions: Mentions
    wanted: NewPost
    set_online: bool

    @property
    def channel(self) -> Channel:
        """Where it goes."""
        return self.access.channel

    def run(self) -> dict[str, Any]:
        """Store, count, tell; answers the wire shape for the author."""
        self.store()
        totals = count_post(channel=self.channel, post=self.post, counts=True)
        reply, followers = self.reply()
        shape = self.shape(reply.count if reply else self.wanted.reply_count)
        quote = complete([shape], None).get(self.post.id)
        publish(
            *events.posted(
                shape,
                self.channel,
                channel_display_name=self.display_name(),
                sender_name=self.sender_name(),
                set_online=self.set_online,
                extras=extras_for(self.post, self.channel, self.mentions, self.told_as_followers(followers)),
                quote=quote,
            )
        )
        if reply:
            threads_on_reply.tell_followers(reply=reply, followers=followers, mentions=self.mentions)
        if not self.wanted.is_integration:
            send_notices(post=self.post, mentions=self.mentions)
        self.mark_viewed(totals, is_collapsed_reply=self.actor.user_id in followers)
        urgent = self.wanted.priority is not None and self.wanted.priority.label == URGENT
        count_mentions(post=self.post, user_ids=self.mentions.people, urgent=urgent)
        self.tell_hooks()
        if quote and not permalinks.readable(self.actor, {self.post.id: quote}):
            return without_quote(shape)
        return shape

    def tell_hooks(self) -> None:
        """Have those hear of it who are further up."""
        post, channel = self.post, self.channel
        hooks.post_created(
            hooks.CreatedPost(
                id=post.id,
                create_at=post.create_at,
                user_id=post.user_id,
                team_id=channel.team_id,
                channel_id=channel.id,
                channel_type=channel.type,
                message=post.message,
                file_ids=tuple(post.file_ids),
                is_integration=self.wanted.is_integration,
            )
        )

    def store(self) -> None:
        """The post with its files, what it is found by, and its priority."""
        if self.wanted.file_ids:
            self.post.file_ids = attach_files(post=self.post, wanted=self.wanted.file_ids)
        self.post.save(force_insert=True)
        index.add_post(self.post)
        if (priority := self.wanted.priority) is not None:
            PostPriority(
                post_id=self.post.id,
                channel_id=self.channel.id,
                priority=priority.label,
                requested_ack=priority.requested_ack,
                persistent_notifications=priority.persistent_notifications,
            ).save(force_insert=True)
            if priority.persistent_notifications:
                PersistentNotification(post_id=self.post.id, create_at=self.post.create_at).save(force_insert=True)

    def reply(self) -> tuple[threads_on_reply.Reply | None, set[str]]:
        """Count a reply and have those follow whom it concerns; answers followers with collapsed threads."""
        if self.root is None:
            return None, set()
        reply = threads_on_reply.count_reply(post=self.post, channel=self.channel)
        threads_on_reply.follow(reply=reply, root=self.root, mentions=self.mentions)
        return reply, threads_on_reply.collapsed_followers(reply=reply)

    def shape(self, reply_count: int) -> dict[str, Any]:
        """The wire shape; a new post tells its priority with fewer keys than one that is read (recorded)."""
        shape = post_json(self.post, reply_count=reply_count, pending_post_id=self.wanted.pending_post_id)
        if self.wanted.file_ids and not self.post.file_ids:
            shape["file_ids"] = None  # recorded: none of the files could be attached
        if self.wanted.priority is not None:
            shape["metadata"] = {"priority": self.wanted.priority.json()}
        return shape

    def display_name(self) -> str:
        """What the event calls the channel: a direct one by its author, a group by its members."""
        if self.channel.type == "D":
            return self.author_name()
        if self.channel.type == "G":
            return ", ".join(sorted(self.mentions.usernames.values()))
        return self.channel.display_name

    def author_name(self) -> str:
        """The author's name with its sign; read once."""
        usernames = self.mentions.usernames
        if self.post.user_id not in usernames:
            name = User.objects.values_list("username", flat=True).get(id=self.post.user_id)
            if self.channel.type not in ("D", "G"):
                usernames[self.post.user_id] = name
            return f"@{name}"
        return f"@{usernames[self.post.user_id]}"

    def sender_name(self) -> str:
        """The author's name, or the one that an integration gives itself where that is allowed: not in direct ones."""
        override = self.post.props.get("override_username")
        is_allowed = config.current().service.enable_post_username_override and self.channel.type != "D"
        if self.wanted.is_integration and override and is_allowed:
            return str(override)
        return self.author_name()

    def told_as_followers(self, followers: set[str]) -> set[str]:
        """Whose clients hear that they follow the thread: nobody's when an integration writes (recorded)."""
        return set() if self.wanted.is_integration else followers

    def mark_viewed(self, totals: Totals, *, is_collapsed_reply: bool) -> None:
        """Writing is reading, but not for programs or who passes for one, nor for replies in collapsed threads."""
        is_person = not self.wanted.is_integration and not FROM_PROGRAMS & self.post.props.keys()
        if is_person and self.access.member is not None and not is_collapsed_reply:
            mark_viewed_by_posting(post=self.post, totals=totals)
