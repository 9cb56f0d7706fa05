"""What a channel is told when somebody comes or goes (semantics §8.5)."""

from __future__ import annotations

from accounts.models import User
from messaging.actions.system_posts import post_system_message
from messaging.models import Channel


def post_arrival(*, channel: Channel, user: User, adder: User | None = None, place: str = "channel") -> None:
    """Post that a user joined, or was added by ``adder``; ``place`` is ``team`` or ``channel``.

    Nothing is posted to an archived channel.
    """
    if channel.delete_at:
        return
    if adder is None or adder.id == user.id:
        post_system_message(
            channel=channel,
            user_id=user.id,
            type="system_guest_join_channel" if user.is_guest and place == "channel" else f"system_join_{place}",
            message=f"{user.username} joined the {place}.",
            props={"username": user.username},
        )
        return
    is_guest = user.is_guest and place == "channel"
    post_system_message(
        channel=channel,
        user_id=adder.id,
        type="system_add_guest_to_chan" if is_guest else f"system_add_to_{place}",
        message=f"{user.username} was added to the {place} by {adder.username}.",
        props={
            "userId": adder.id,
            "username": adder.username,
            "addedUserId": user.id,
            "addedUsername": user.username,
        },
        mentioned=[user.id] if place == "channel" else [],
    )


def post_departure(*, channel: Channel, user: User, remover_id: str) -> None:
    """Post that a user left, or was removed by somebody else; nothing is posted to an archived channel."""
    if channel.delete_at:
        return
    if remover_id == user.id:
        post_system_message(
            channel=channel,
            user_id=user.id,
            type="system_leave_channel",
            message=f"{user.username} left the channel.",
            props={"username": user.username},
        )
        return
    post_system_message(
        channel=channel,
        user_id=remover_id,
        type="system_remove_from_channel",
        message=f"{user.username} was removed from the channel.",
        props={"removedUserId": user.id, "removedUsername": user.username},
    )
