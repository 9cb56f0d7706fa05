"""Changing teams: fields, privacy, invitation link, archive (semantics §6)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction

from accounts.validation import clean_text
from mattermost_site import clock
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish
from teams import events, validation
from teams.models import Team

OPEN, INVITE_ONLY = "O", "I"


@dataclass(slots=True)
class TeamChanges:
    """What shall change; None leaves a field as it is."""

    display_name: str | None = None
    description: str | None = None
    company_name: str | None = None
    allowed_domains: str | None = None
    allow_open_invite: bool | None = None
    group_constrained: bool | None = None


def change_team(*, team: Team, changes: TeamChanges, renews_invite_id: bool = False) -> Team:
    """Change fields of a team; InvalidTeam when one is out of bounds.

    With ``renews_invite_id`` a team that stops being open gets a new invitation link,
    because the old one was public.
    """
    was_open = team.allow_open_invite
    for field in fields(changes):
        value: Any = getattr(changes, field.name)
        if value is not None:
            setattr(team, field.name, clean_text(value) if isinstance(value, str) else value)
    if renews_invite_id and was_open and not team.allow_open_invite:
        team.invite_id = new_id()
    return _save(team)


def set_privacy(*, team: Team, privacy: str) -> Team:
    """Open a team to everybody, or close it; a team that is closed gets a new invitation link."""
    if privacy == INVITE_ONLY and team.allow_open_invite:
        team.invite_id = new_id()
    team.type = privacy
    team.allow_open_invite = privacy == OPEN
    return _save(team)


def regenerate_invite_id(*, team: Team) -> Team:
    """Make the old invitation link useless."""
    team.invite_id = new_id()
    return _save(team)


def _save(team: Team) -> Team:
    validation.check_team(team)
    team.update_at = clock.now()
    with transaction.atomic():
        team.save()
        publish(events.update_team(team))
    return team


def archive_team(*, team: Team) -> Team:
    """Archive a team; nothing in it changes, and archiving it again moves the time."""
    team.delete_at = team.update_at = clock.now()
    with transaction.atomic():
        team.save(update_fields=["delete_at", "update_at"])
        publish(events.delete_team(team))
    return team


def restore_team(*, team: Team) -> Team:
    """Bring an archived team back."""
    team.delete_at, team.update_at = 0, clock.now()
    with transaction.atomic():
        team.save(update_fields=["delete_at", "update_at"])
        publish(events.restore_team(team))
    return team
