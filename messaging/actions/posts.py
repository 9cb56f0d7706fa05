"""Creating posts (semantics §8.2, §10, §11): the hottest write there is.

A plain post in a channel of any size takes seven statements: access, the author's name, and
in one transaction the post, what it is found by, the channel's totals, what the author has
seen, and the pending id if there is one. Everything else is asked for only where the post calls for it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries.visibility import visibility_of
from mattermost_site.actor import Actor
from messaging.access import ChannelAccess, load_access
from messaging.actions import pending_posts
from messaging.actions.post_creation import Creation
from messaging.actions.views import view_channels
from messaging.mentions.people import GROUPS_SILENCED, SILENCED, Content, Mentions, mentions_of
from messaging.models import Post
from messaging.new_posts import NewPost, Priority, build, check_place, check_priority, root_of
from messaging.permissions import allows, reads_content
from messaging.queries.posts import find_post

__all__ = ["NewPost", "Priority", "create_post"]


def create_post(*, actor: Actor, access: ChannelAccess, wanted: NewPost, set_online: bool = True) -> dict[str, Any]:
    """Store a post with all that follows from it, and answer its wire shape as its author sees it.

    A pending id that has become a post is answered with that post. Raises InvalidPost,
    ``api.post.create_post.can_not_post_to_deleted.error``, ``…can_not_post_in_restricted_dm.error``,
    ``…root_id.app_error``, ``…channel_root_id.app_error``, and refusals of priorities.
    """
    check_place(access.channel)
    root = root_of(access.channel.id, wanted.root_id)
    post = build(actor=actor, access=access, wanted=wanted)
    mentions = _mentions(actor, access, post, root, wanted)
    check_priority(actor=actor, wanted=wanted, recipients=lambda: len(mentions.people))
    if mentions.silenced:
        post.props[SILENCED] = True
    if mentions.groups_silenced:
        post.props[GROUPS_SILENCED] = True
    with transaction.atomic():
        if wanted.pending_post_id and (stored := _stored_before(actor, wanted, post)):
            _view(actor, access)
            return stored
        return Creation(actor, access, post, root, mentions, wanted, set_online).run()


def _mentions(actor: Actor, access: ChannelAccess, post: Post, root: Post | None, wanted: NewPost) -> Mentions:
    content = Content(
        author_id=actor.user_id,
        message=post.message,
        props=post.props,
        type=post.type,
        is_integration=wanted.is_integration,
        may_mention_all=allows(actor, access, Permission.USE_CHANNEL_MENTIONS),
        may_mention_groups=allows(actor, access, Permission.USE_GROUP_MENTIONS),
    )
    answered = None if root is None else Content(root.user_id, root.message, root.props, root.type)
    mentions = mentions_of(content, access.channel, root=answered, root_id=wanted.root_id)
    _leave_out_invisible(actor, mentions)
    return mentions


def _leave_out_invisible(actor: Actor, mentions: Mentions) -> None:
    """Guests are not told of people whom they do not see."""
    outsiders = {person.id for person in (*mentions.outside_channel, *mentions.outside_team)}
    limit = visibility_of(actor) if outsiders else None
    if limit is not None:
        seen = set(User.objects.filter(limit.condition(), id__in=outsiders).values_list("id", flat=True))
        mentions.outside_channel = [person for person in mentions.outside_channel if person.id in seen]
        mentions.outside_team = [person for person in mentions.outside_team if person.id in seen]


def _stored_before(actor: Actor, wanted: NewPost, post: Post) -> dict[str, Any] | None:
    """The post that the pending id has become, as it was stored; None when it is becoming this one.

    Pending ids are not per user (recorded), and others' can be guessed: a post that the
    actor may not read is none.
    """
    post_id = pending_posts.claim(pending_post_id=wanted.pending_post_id, post_id=post.id)
    stored = find_post(post_id, include_deleted=True) if post_id else None
    place = load_access(actor.user_id, stored["channel_id"]) if stored else None
    if stored is None or place is None or not reads_content(actor, place):
        return None
    return {key: value for key, value in stored.items() if key != "metadata"}


def _view(actor: Actor, access: ChannelAccess) -> None:
    if access.member is not None:
        view_channels(user_id=actor.user_id, channel_ids=[access.channel.id], collapsed_threads_supported=True)
