"""Deleting teams for good."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction

from mattermost_site import clock
from mattermost_site.realtime import control, publish
from messaging.actions.team_departure import delete_places_of_team
from teams import events
from teams.actions.icons import icon_path
from teams.models import GroupTeam, RetentionPolicyTeam, Team, TeamMember


def delete_team_for_good(*, team: Team) -> None:
    """Delete a team with its channels, posts, files and memberships; its name is free afterwards."""
    members = list(TeamMember.objects.filter(team_id=team.id).values_list("user_id", flat=True))
    team.delete_at = team.update_at = clock.now()
    with transaction.atomic():
        delete_places_of_team(team_id=team.id)
        for model in (TeamMember, GroupTeam, RetentionPolicyTeam):
            model._default_manager.filter(team_id=team.id).delete()
        Team.objects.filter(id=team.id).delete()
        publish(events.delete_team(team))
        for user_id in members:
            control.member_left(user_id=user_id, team_id=team.id)
        transaction.on_commit(lambda: default_storage.delete(icon_path(team.id)))
