"""The channels that every member of a team is in."""

from __future__ import annotations

from accounts.models import User
from messaging.actions.channels import NewChannel, store_channel
from messaging.actions.members import join_default_channel
from messaging.models import Channel
from messaging.models.channel import TOWN_SQUARE
from messaging.queries.default_channels import default_channel_names

DISPLAY_NAMES = {TOWN_SQUARE: "Town Square", "off-topic": "Off-Topic"}


def create_default_channels(*, team_id: str) -> None:
    """Make town square and off-topic of a new team; they have no creator."""
    for name, display_name in DISPLAY_NAMES.items():
        store_channel(NewChannel(team_id=team_id, name=name, display_name=display_name, type="O"), creator_id="")


def join_default_channels(*, team_id: str, user: User, is_admin: bool, added_by: str) -> None:
    """Put a new member of a team into its default channels; ``added_by`` is empty when the posts say "joined"."""
    names = default_channel_names()
    found = Channel.objects.filter(team_id=team_id, name__in=names, type="O", delete_at=0)
    for channel in sorted(found, key=lambda channel: names.index(channel.name)):
        join_default_channel(
            channel=channel,
            user=user,
            is_admin=is_admin,
            added_by=added_by,
            is_team_join=channel.name == TOWN_SQUARE,
        )
