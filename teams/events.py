"""Events about teams, named as on the wire (websocket.md §9)."""

from __future__ import annotations

import orjson

from mattermost_site.realtime.events import Audience, Event
from teams.models import Team, TeamMember
from teams.serializers import team_json, team_member_json


def added_to_team(*, user_id: str, team_id: str) -> Event:
    """A user became member of a team; only that user is told."""
    return Event("added_to_team", {"team_id": team_id, "user_id": user_id}, Audience(user_id=user_id))


def _team_event(name: str, team: Team) -> Event:
    text = orjson.dumps(team_json(team, with_email=False, with_invite_id=False)).decode()
    return Event(name, {"team": text}, Audience(team_id=team.id))


def update_team(team: Team) -> Event:
    """A team changed; the text carries neither address nor invite id."""
    return _team_event("update_team", team)


def delete_team(team: Team) -> Event:
    """A team was archived or deleted."""
    return _team_event("delete_team", team)


def restore_team(team: Team) -> Event:
    """An archived team is back."""
    return _team_event("restore_team", team)


def leave_team(*, user_id: str, team_id: str) -> tuple[Event, Event]:
    """A user is no longer in a team: told to the others there, and to the user."""
    data = {"team_id": team_id, "user_id": user_id}
    return (
        Event("leave_team", data, Audience(team_id=team_id, omit_users=(user_id,))),
        Event("leave_team", data, Audience(user_id=user_id)),
    )


def memberrole_updated(member: TeamMember, role_names: tuple[str, ...]) -> Event:
    """What a member may do in a team changed."""
    text = orjson.dumps(team_member_json(member, role_names)).decode()
    return Event("memberrole_updated", {"member": text}, Audience(user_id=member.user_id))
