"""What leaving a team means for its channels."""

from __future__ import annotations

from accounts.models import User
from mattermost_site import clock
from mattermost_site.realtime import control
from messaging.actions.channel_removal import delete_channel_for_good
from messaging.actions.system_posts import post_system_message
from messaging.models import (
    Channel,
    ChannelMember,
    ChannelMemberHistory,
    SidebarCategory,
    SidebarChannel,
)
from messaging.models.channel import TOWN_SQUARE


def post_departure(*, team_id: str, user: User, removed: bool) -> None:
    """Tell town square that a user left the team, or was removed from it; the author is the user either way."""
    channel = Channel.objects.filter(team_id=team_id, name=TOWN_SQUARE).first()
    if channel is None:
        return
    message = f"{user.username} was removed from the team." if removed else f"{user.username} left the team."
    post_system_message(
        channel=channel,
        user_id=user.id,
        type="system_remove_from_team" if removed else "system_leave_team",
        message=message,
        props={"username": user.username},
    )


def leave_channels_of_team(*, team_id: str, user_id: str) -> None:
    """End the user's memberships of all channels of a team, and forget its sidebar.

    Threads stay followed, as recorded: whoever comes back finds them again.
    """
    channel_ids = list(
        ChannelMember.objects.filter(
            user_id=user_id, channel_id__in=Channel.objects.filter(team_id=team_id).values("id")
        ).values_list("channel_id", flat=True)
    )
    ChannelMember.objects.filter(user_id=user_id, channel_id__in=channel_ids).delete()
    ChannelMemberHistory.objects.filter(user_id=user_id, channel_id__in=channel_ids, leave_time=None).update(
        leave_time=clock.now()
    )
    categories = SidebarCategory.objects.filter(user_id=user_id, team_id=team_id)
    SidebarChannel.objects.filter(user_id=user_id, category_id__in=categories.values("id")).delete()
    categories.delete()
    for channel_id in channel_ids:
        control.member_left(user_id=user_id, channel_id=channel_id)


def delete_places_of_team(*, team_id: str) -> None:
    """Delete every channel of a team with all that hangs on it, and everybody's sidebar there."""
    for channel in Channel.objects.filter(team_id=team_id):
        delete_channel_for_good(channel=channel)
    categories = SidebarCategory.objects.filter(team_id=team_id)
    SidebarChannel.objects.filter(category_id__in=categories.values("id")).delete()
    categories.delete()
