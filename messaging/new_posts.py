"""From what a client asks for to the post that will be stored, checked (semantics §8.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Bot
from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from messaging import permalinks, validation
from messaging.access import ChannelAccess
from messaging.attachments import normalise
from messaging.emoji_names import code_points
from messaging.models import Channel, Emoji, Post
from messaging.post_content import derive
from messaging.post_metadata import PREVIEWED
from messaging.queries.common_teams import common_teams
from messaging.validation import InvalidPost

TYPES = frozenset(
    {"", "me", "slack_attachment", "reminder", "add_bot_teams_channels", "system_auto_responder", "system_generic"}
)
"""What posts may be besides ``custom_…``; other system posts are made elsewhere."""
URGENT = "urgent"
NOT_FROM_CLIENTS = ("add_channel_member", "force_notification")
"""Props that only the server sets."""


class PriorityRefused(AppError):
    """A post cannot have the priority that is asked for: ``api.post.post_priority.<reason>.request_error``."""

    def __init__(self, reason: str, status: int = 400, **params: object) -> None:
        super().__init__(f"api.post.post_priority.{reason}.request_error", status=status, params=params)


@dataclass(frozen=True, slots=True)
class Priority:
    """A label (any text, as recorded; ``urgent`` counts), and whether to acknowledge and to notify again."""

    label: str = ""
    requested_ack: bool | None = None
    persistent_notifications: bool | None = None

    def json(self) -> dict[str, Any]:
        """As a new post shows it."""
        return {
            "priority": self.label,
            "requested_ack": self.requested_ack,
            "persistent_notifications": self.persistent_notifications,
        }


@dataclass(slots=True)
class NewPost:
    """What somebody asks for in a new post; ``create_at`` is 0 unless an admin chose it.

    ``is_integration``: a webhook or a command writes in the name of its owner, who is then
    no reader of the channel by it and may be mentioned.
    """

    message: str
    root_id: str = ""
    type: str = ""
    props: dict[str, Any] = field(default_factory=dict)
    file_ids: list[str] = field(default_factory=list)
    priority: Priority | None = None
    pending_post_id: str = ""
    create_at: int = 0
    edit_at: int = 0
    is_pinned: bool = False
    has_reactions: bool = False
    reply_count: int = 0
    is_integration: bool = False


def check_place(channel: Channel) -> None:
    """Raise for an archived channel, and for a direct one of people without a common team where one is needed."""
    if channel.delete_at:
        raise AppError("api.post.create_post.can_not_post_to_deleted.error")
    restricted = config.current().team.restrict_direct_message == "team" and channel.type in ("D", "G")
    if restricted and not _has_bot(channel) and not common_teams(channel):
        raise AppError("api.post.create_post.can_not_post_in_restricted_dm.error")


def _has_bot(channel: Channel) -> bool:
    """Whether a direct channel is one with a bot, which may be written to, and write, wherever it is."""
    return channel.type == "D" and Bot.objects.filter(user_id__in=channel.name.split("__")).exists()


def root_of(channel_id: str, root_id: str) -> Post | None:
    """The post that a reply answers, None for a post that is no reply.

    Raises ``api.post.create_post.root_id.app_error`` when there is none or it is a reply
    itself, ``…channel_root_id.app_error`` when it is in another channel.
    """
    if not root_id:
        return None
    root = Post.objects.filter(id=root_id, delete_at=0).defer("filenames", "hashtags").first()
    if root is None or root.root_id:
        raise AppError("api.post.create_post.root_id.app_error")
    if root.channel_id != channel_id:
        raise AppError("api.post.create_post.channel_root_id.app_error")
    return root


def build(*, actor: Actor, access: ChannelAccess, wanted: NewPost) -> Post:
    """The post to store, with all that follows from its text; InvalidPost when something of it is not allowed."""
    now = clock.now()
    post = Post(
        id=new_id(),
        create_at=wanted.create_at or now,
        update_at=wanted.create_at or now,
        edit_at=wanted.edit_at,
        user_id=actor.user_id,
        channel_id=access.channel.id,
        root_id=wanted.root_id,
        message=wanted.message,
        type=wanted.type,
        props=_props(actor, wanted),
        file_ids=wanted.file_ids,
        is_pinned=wanted.is_pinned,
        has_reactions=wanted.has_reactions,
        remote_id=None if wanted.is_integration else "",  # as recorded: the key is missing then
    )
    if wanted.type not in TYPES and not wanted.type.startswith("custom_"):
        raise InvalidPost("type")
    if len(wanted.type) > validation.TYPE_LIMIT:
        raise InvalidPost("type")
    derive(actor, post, access.channel)
    validation.check_post(post)
    return post


def _props(actor: Actor, wanted: NewPost) -> dict[str, Any]:
    props = {key: value for key, value in wanted.props.items() if key not in NOT_FROM_CLIENTS}
    props = normalise(props)
    if actor.is_bot:
        props["from_bot"] = "true"
    if actor.is_oauth:
        props["from_oauth_app"] = "true"
    emoji = props.get("override_icon_emoji")
    if emoji and config.current().service.enable_post_icon_override and (address := _emoji_address(str(emoji))):
        props["override_icon_url"] = address
    if quoted := permalinks.previewed(wanted.message):
        props[PREVIEWED] = quoted
    return props


def _emoji_address(written: str) -> str:
    """Where the picture of an emoji is, with or without its colons; ``""`` when there is no such emoji."""
    name = written.strip(":")
    if points := code_points(name):
        return f"/static/emoji/{points}.png"
    emoji_id = Emoji.objects.filter(name=name, delete_at=0).values_list("id", flat=True).first()
    return f"/api/v4/emoji/{emoji_id}/image" if emoji_id else ""


def check_priority(*, actor: Actor, wanted: NewPost, recipients: Callable[[], int]) -> None:
    """PriorityRefused when a post may not have the priority that is asked for.

    ``recipients`` counts those whom the post mentions.
    """
    service = config.current().service
    if wanted.priority is None:
        return
    if not service.post_priority:
        raise PriorityRefused("priority_post_not_allowed_for_user", 403)
    if wanted.root_id:
        raise PriorityRefused("priority_post_only_allowed_for_root_post")
    if not wanted.priority.persistent_notifications:
        return
    is_allowed = service.allow_persistent_notifications and (
        service.allow_persistent_notifications_for_guests or not actor.is_guest
    )
    if not is_allowed:
        raise PriorityRefused("priority_post_not_allowed_for_user", 403)
    if wanted.priority.label != URGENT:
        raise PriorityRefused("urgent_persistent_notification_post")
    count, limit = recipients(), service.persistent_notification_max_recipients
    if not count:
        raise PriorityRefused("min_recipients_persistent_notification_post")
    if count > limit:
        raise PriorityRefused("max_recipients_persistent_notification_post", MaxRecipients=limit)
