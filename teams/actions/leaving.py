"""Leaving teams."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from mattermost_site import clock
from mattermost_site.errors import AppError
from mattermost_site.realtime import control, publish
from messaging.actions.team_departure import leave_channels_of_team, post_departure
from teams import events
from teams.models import Team, TeamMember


def leave_team(*, team: Team, user: User, removed: bool) -> None:
    """End a membership with all channels of the team; the row stays with its time (semantics §6).

    ``removed``: somebody else did it. Leaving again tells everybody again (recorded).
    Raises ``api.team.remove_user_from_team.missing.app_error`` when the user never was a member.
    """
    member = TeamMember.objects.filter(team_id=team.id, user_id=user.id).first()
    if member is None:
        raise AppError("api.team.remove_user_from_team.missing.app_error")
    now = clock.now()
    with transaction.atomic():
        post_departure(team_id=team.id, user=user, removed=removed)
        leave_channels_of_team(team_id=team.id, user_id=user.id)
        member.delete_at = now
        member.save(update_fields=["delete_at"])
        User.objects.filter(id=user.id).update(update_at=now)
        publish(*events.leave_team(user_id=user.id, team_id=team.id))
        control.member_left(user_id=user.id, team_id=team.id)
