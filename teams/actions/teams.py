"""Making teams."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.validation import check_domain, clean_text
from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from messaging.actions.default_channels import create_default_channels
from teams import validation
from teams.actions.members import join_team
from teams.models import Team


@dataclass(slots=True)
class NewTeam:
    """What somebody asks for in a new team."""

    name: str
    display_name: str
    type: str
    description: str = ""
    company_name: str = ""
    allowed_domains: str = ""
    allow_open_invite: bool = False


def create_team(*, actor: Actor, creator: User, wanted: NewTeam) -> Team:
    """Make a team with its default channels; its creator becomes team admin (semantics §6).

    Raises InvalidTeam, or ``store.sql_team.save_team.existing.app_error`` when the name is taken.
    """
    now = clock.now()
    team = Team(
        id=new_id(),
        create_at=now,
        update_at=now,
        name=wanted.name,
        display_name=clean_text(wanted.display_name),
        description=clean_text(wanted.description),
        company_name=clean_text(wanted.company_name),
        type=wanted.type,
        email=creator.email,
        allowed_domains=wanted.allowed_domains,
        allow_open_invite=wanted.allow_open_invite,
        invite_id=new_id(),
    )
    validation.check_team(team)
    check_domain(creator.email, team.allowed_domains, "api.team.is_team_creation_allowed.domain.app_error")
    with transaction.atomic():
        try:
            with transaction.atomic():
                team.save(force_insert=True)
        except IntegrityError:
            raise AppError("store.sql_team.save_team.existing.app_error") from None
        create_default_channels(team_id=team.id)
        join_team(team=team, user=creator, by=actor)
    return team
