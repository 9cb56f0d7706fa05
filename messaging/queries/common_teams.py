"""Teams that all members of a direct or group channel are in."""

from __future__ import annotations

from django.db.models import Count

from mattermost_site.errors import AppError
from messaging.models import Channel, ChannelMember
from teams.models import Team, TeamMember


def common_teams(channel: Channel) -> list[Team]:
    """The teams by display name, without archived ones.

    ``app.channel.get_common_teams.incorrect_channel_type`` for a public or private channel.
    """
    if channel.type not in ("D", "G"):
        raise AppError("app.channel.get_common_teams.incorrect_channel_type")
    members = ChannelMember.objects.filter(channel_id=channel.id).values_list("user_id", flat=True)
    people = list(members)
    shared = (
        TeamMember.objects.filter(user_id__in=people, delete_at=0)
        .values("team_id")
        .annotate(count=Count("user_id"))
        .filter(count=len(people))
        .values("team_id")
    )
    return list(Team.objects.filter(id__in=shared, delete_at=0).order_by("display_name", "name"))
