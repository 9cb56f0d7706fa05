"""The people in group channels."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import User
from messaging.models import ChannelMember
from messaging.queries.channels_of_users import group_channels_of


def others_in_groups(user_id: str, channel_ids: Collection[str]) -> dict[str, list[User]]:
    """The other members of those channels that are group channels of the user, by channel id, by user name."""
    own = group_channels_of(user_id).filter(id__in=set(channel_ids)).values_list("id", flat=True)
    pairs = list(
        ChannelMember.objects.filter(channel_id__in=list(own))
        .exclude(user_id=user_id)
        .values_list("channel_id", "user_id")
    )
    users = User.objects.in_bulk({other_id for _, other_id in pairs})
    people: dict[str, list[User]] = {}
    for channel_id, other_id in pairs:
        if other_id in users:
            people.setdefault(channel_id, []).append(users[other_id])
    return {channel_id: sorted(found, key=lambda user: user.username) for channel_id, found in people.items()}
