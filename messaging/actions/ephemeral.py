"""Messages that one person sees and nobody stores (semantics §8.2, §10.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mattermost_site import clock
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish
from messaging import attachments
from messaging.events.post_changes import ephemeral_message
from messaging.mentions.people import Mentions
from messaging.models import Post
from messaging.post_metadata import complete
from messaging.queries.listeners import Named
from messaging.serializers import post_json

EPHEMERAL = "system_ephemeral"


def send_ephemeral(
    *,
    user_id: str,
    channel_id: str,
    message: str,
    author_id: str = "",
    root_id: str = "",
    props: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Show a message to one user, and answer its wire shape. Neither channel nor user need exist (recorded)."""
    post = Post(
        id=new_id(),
        create_at=clock.now(),
        user_id=author_id,
        channel_id=channel_id,
        root_id=root_id,
        message=message,
        type=EPHEMERAL,
        props=attachments.normalise(props or {}),
        remote_id=None,
    )
    shape = post_json(post) | {"file_ids": None}
    complete([shape], None)
    publish(ephemeral_message(shape, user_id))
    return shape


def send_notices(*, post: Post, mentions: Mentions) -> None:
    """Tell the author of a post about those whom it names in vain."""
    place: dict[str, Any] = {"user_id": post.user_id, "channel_id": post.channel_id, "root_id": post.root_id}
    if mentions.outside_channel:
        send_ephemeral(
            **place,
            message=f"{_names(mentions.outside_channel)} did not get notified, not being in this channel.",
            props={"add_channel_member": _invitation(post.id, mentions.outside_channel)},
        )
    if mentions.outside_team:
        send_ephemeral(
            **place, message=f"{_names(mentions.outside_team)} did not get notified, not being in this team."
        )
    for word in mentions.too_many:
        send_ephemeral(**place, message=f"{word} mentioned nobody, because this channel has too many members.")
    for name in mentions.empty_groups:
        send_ephemeral(**place, message=f"@{name} mentioned nobody, because nobody of that group is in this channel.")
    if mentions.silenced:
        send_ephemeral(**place, message="You may not mention everybody in this channel, so nobody was notified by it.")


def _names(people: Sequence[Named]) -> str:
    names = [f"@{one.name}" for one in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _invitation(post_id: str, people: Sequence[Named]) -> dict[str, Any]:
    """What lets the client offer to add them."""
    usernames, user_ids = [one.name for one in people], [one.id for one in people]
    return {
        "post_id": post_id,
        "usernames": usernames,
        "not_in_channel_usernames": usernames,
        "user_ids": user_ids,
        "not_in_channel_user_ids": user_ids,
        "not_in_groups_usernames": [],
        "not_in_groups_user_ids": [],
    }
