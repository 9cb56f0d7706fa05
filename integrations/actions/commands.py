"""Slash commands of a team: making, changing, moving and deleting them (semantics §14.2)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.queries import user_by_id
from integrations.actions.messages import actor_for
from integrations.builtin_commands import TRIGGERS
from integrations.models import Command
from integrations.permissions import COMMANDS
from integrations.queries import commands_of_team
from integrations.validation import check_command
from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from teams.models import Team
from teams.permissions import has_team, require_team


@dataclass(frozen=True, slots=True)
class WantedCommand:
    """What somebody asks for; ``creator_id`` is empty unless asked for, ``method`` is P or G."""

    team_id: str
    trigger: str
    method: str
    url: str
    creator_id: str = ""
    username: str = ""
    icon_url: str = ""
    auto_complete: bool = False
    auto_complete_desc: str = ""
    auto_complete_hint: str = ""
    display_name: str = ""
    description: str = ""


def create_command(*, actor: Actor, wanted: WantedCommand) -> Command:
    """Make a command for a team in which the actor may, for oneself or somebody else.

    Raises PermissionDenied, ``app.user.missing_account.const`` (404),
    ``api.command.duplicate_trigger.app_error`` and ``model.command.is_valid.…``.
    """
    if wanted.creator_id not in ("", actor.user_id):
        require_team(actor, wanted.team_id, COMMANDS.others)
        user_by_id(wanted.creator_id)
    now = clock.now()
    command = Command(id=new_id(), token=new_id(), create_at=now, team_id=wanted.team_id)
    command.creator_id = wanted.creator_id or actor.user_id
    _fill(command, wanted, now)
    with transaction.atomic():
        # The team's row is locked, so that two people cannot take the same trigger at the same time.
        Team.objects.select_for_update().filter(id=command.team_id).exists()
        taken = commands_of_team(command.team_id).filter(trigger=command.trigger)
        if command.trigger in TRIGGERS or taken.exists():
            raise AppError("api.command.duplicate_trigger.app_error")
        command.save(force_insert=True)
    return command


def change_command(*, command: Command, wanted: WantedCommand) -> Command:
    """Give a command all its fields anew; token, creator and team stay. A taken trigger is not refused (recorded).

    Raises ``api.command.team_mismatch.app_error`` and ``model.command.is_valid.…``.
    """
    if wanted.team_id != command.team_id:
        raise AppError("api.command.team_mismatch.app_error")
    _fill(command, wanted, clock.now())
    command.save(force_update=True)
    return command


def renew_token(*, command: Command) -> Command:
    """Give a command another token to prove itself with."""
    command.token, command.update_at = new_id(), clock.now()
    command.save(force_update=True, update_fields=["token", "update_at"])
    return command


def move_command(*, command: Command, team: Team) -> None:
    """Give a command to another team.

    ``api.command.move_command.creator_no_permission.app_error`` when its creator manages no commands there.
    """
    creator = User.objects.filter(id=command.creator_id).first()
    if creator is None or not has_team(actor_for(creator), team.id, COMMANDS.own):
        raise AppError("api.command.move_command.creator_no_permission.app_error")
    command.team_id, command.update_at = team.id, clock.now()
    command.save(force_update=True, update_fields=["team_id", "update_at"])


def delete_command(*, command: Command) -> None:
    """End a command; its trigger is free again."""
    now = clock.now()
    Command.objects.filter(id=command.id).update(delete_at=now, update_at=now)


def _fill(command: Command, wanted: WantedCommand, now: int) -> None:
    command.update_at = now
    command.trigger, command.method, command.url = wanted.trigger.lower(), wanted.method, wanted.url
    command.username, command.icon_url = wanted.username, wanted.icon_url
    command.auto_complete = wanted.auto_complete
    command.auto_complete_desc = wanted.auto_complete_desc
    command.auto_complete_hint = wanted.auto_complete_hint
    command.display_name, command.description = wanted.display_name, wanted.description
    check_command(command)
