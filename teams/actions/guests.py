"""Guests in teams (permissions.md §6)."""

from __future__ import annotations

from accounts.models import User
from messaging.models import Channel, ChannelMember
from teams.actions.leaving import leave_team
from teams.models import Team, TeamMember


def leave_without_channels(*, team_id: str, user: User, removed: bool) -> None:
    """End a guest's membership of a team in which no channel is left to the guest; others stay.

    ``removed``: somebody else took the last channel away.
    """
    if not user.is_guest or not TeamMember.objects.filter(team_id=team_id, user_id=user.id, delete_at=0).exists():
        return
    channels = Channel.objects.filter(team_id=team_id, delete_at=0).values("id")
    if not ChannelMember.objects.filter(user_id=user.id, channel_id__in=channels).exists():
        leave_team(team=Team.objects.get(id=team_id), user=user, removed=removed)
