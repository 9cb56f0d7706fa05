"""Who may do what with a post: decided by its channel (permissions.md §1)."""

from __future__ import annotations

from accounts.permissions import Permission, require_system
from mattermost_site.actor import Actor
from mattermost_site.errors import PermissionDenied
from messaging.access import ChannelAccess, load_access, load_accesses
from messaging.models import Post
from messaging.permissions import allows, may_post, reads_content
from messaging.queries.post_rows import WirePost
from messaging.queries.posts import find_post, post_or_404


def access_post(actor: Actor, post_id: str, *, include_deleted: bool = False) -> tuple[WirePost, ChannelAccess]:
    """A post that the actor may read, with its channel.

    NoSuchPost when there is none, PermissionDenied when the actor may not read the channel.
    Deleted posts are for system admins: with ``include_deleted``, others are refused first.
    """
    if include_deleted:
        require_system(actor, Permission.MANAGE_SYSTEM)
    post = post_or_404(post_id, include_deleted=include_deleted)
    return post, require_reading(actor, post)


def require_reading(actor: Actor, post: WirePost) -> ChannelAccess:
    """The post's channel, when the actor may read posts there; PermissionDenied otherwise."""
    access = load_access(actor.user_id, post["channel_id"])
    if access is None or not reads_content(actor, access):
        raise PermissionDenied(Permission.READ_CHANNEL_CONTENT)
    return access


def access_by_post(actor: Actor, post_id: str, permission: str) -> ChannelAccess:
    """The channel of a post, deleted or not, when the actor holds the permission there.

    PermissionDenied otherwise, also for an unknown post. Unlike reading, this does not let
    people into public channels that they have not joined.
    """
    channel_id = Post.objects.filter(id=post_id).values_list("channel_id", flat=True).first()
    access = load_access(actor.user_id, channel_id) if channel_id else None
    if access is None or not allows(actor, access, permission):
        raise PermissionDenied(permission)
    return access


def _living(actor: Actor, post_id: str, permission: str) -> tuple[WirePost, ChannelAccess]:
    """A post that is not deleted, with its channel; PermissionDenied when there is none."""
    post = find_post(post_id)
    access = load_access(actor.user_id, post["channel_id"]) if post else None
    if post is None or access is None:
        raise PermissionDenied(permission)
    return post, access


def editable_post(actor: Actor, post_id: str) -> tuple[WirePost, ChannelAccess]:
    """A post that the actor may change, with its channel; PermissionDenied otherwise, also for an unknown post.

    Whoever may not write in the channel any more may not change what is there either.
    """
    post, access = _living(actor, post_id, Permission.EDIT_POST)
    permission = Permission.EDIT_POST if post["user_id"] == actor.user_id else Permission.EDIT_OTHERS_POSTS
    if not allows(actor, access, permission) or not may_post(actor, access):
        raise PermissionDenied(permission)
    return post, access


def own_post(actor: Actor, post_id: str) -> tuple[WirePost, ChannelAccess]:
    """A post of the actor's own that the actor may change, with its channel; PermissionDenied otherwise."""
    post, access = _living(actor, post_id, Permission.EDIT_POST)
    if post["user_id"] != actor.user_id or not allows(actor, access, Permission.EDIT_POST):
        raise PermissionDenied(Permission.EDIT_POST)
    return post, access


def pinnable_post(actor: Actor, post_id: str) -> tuple[WirePost, ChannelAccess]:
    """A post that the actor may pin, as whoever reads it may; PermissionDenied otherwise, also for an unknown post."""
    post, access = _living(actor, post_id, Permission.READ_CHANNEL_CONTENT)
    if not reads_content(actor, access):
        raise PermissionDenied(Permission.READ_CHANNEL_CONTENT)
    return post, access


def deletable_post(actor: Actor, post_id: str, *, include_deleted: bool) -> tuple[WirePost, ChannelAccess]:
    """A post that the actor may delete, with its channel; NoSuchPost, PermissionDenied."""
    post = post_or_404(post_id, include_deleted=include_deleted)
    own = post["user_id"] == actor.user_id
    permission = Permission.DELETE_POST if own else Permission.DELETE_OTHERS_POSTS
    access = load_access(actor.user_id, post["channel_id"])
    if access is None or not allows(actor, access, permission):
        raise PermissionDenied(permission)
    return post, access


def readable_posts(actor: Actor, posts: list[WirePost]) -> list[WirePost]:
    """Those of the posts that the actor may read. One statement."""
    accesses = load_accesses(actor.user_id, {post["channel_id"] for post in posts})
    readable = {channel_id for channel_id, access in accesses.items() if reads_content(actor, access)}
    return [post for post in posts if post["channel_id"] in readable]
