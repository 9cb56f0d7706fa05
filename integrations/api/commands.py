"""Slash commands: managing those of a team, listing and suggesting all."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Permission
from integrations.actions import commands as actions
from integrations.builtin_commands import suggested_commands
from integrations.models import Command
from integrations.permissions import COMMANDS, access_command, whose_are_listed
from integrations.queries import commands_of_team
from integrations.serializers import command_json, suggestion_json, usable_command_json
from mattermost_site import config
from mattermost_site.api import OK, ApiView, Body, created
from mattermost_site.errors import AppError, InvalidBodyParam
from teams.permissions import has_team, require_team
from teams.queries import team_by_id


def require_commands() -> None:
    """``api.command.disabled.app_error`` (501) while commands are off."""
    if not config.current().service.enable_commands:
        raise AppError("api.command.disabled.app_error", status=501)


class Commands(ApiView):
    """The collection of commands."""

    def get(self, request: HttpRequest) -> list[dict[str, Any]]:
        team_id = self.query.text("team_id")
        if not team_id:
            raise InvalidBodyParam("team_id")
        require_commands()
        if self.query.flag("custom_only"):
            creator_id = whose_are_listed(self.actor, team_id, COMMANDS)
            return [command_json(command) for command in commands_of_team(team_id, creator_id=creator_id)]
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        with_hidden = has_team(self.actor, team_id, COMMANDS.own)
        return [usable_command_json(command) for command in _usable(team_id, with_hidden=with_hidden)]

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = _wanted(self.body("command"))
        require_commands()
        require_team(self.actor, wanted.team_id, COMMANDS.own)
        return created(command_json(actions.create_command(actor=self.actor, wanted=wanted)))


class CommandDetail(ApiView):
    """One command."""

    def get(self, request: HttpRequest, command_id: str) -> dict[str, Any]:
        return command_json(access_command(self.actor, command_id))

    def put(self, request: HttpRequest, command_id: str) -> dict[str, Any]:
        body = self.body("command")
        if body.text("id") != command_id:
            raise InvalidBodyParam("command_id")
        command = access_command(self.actor, command_id)
        return command_json(actions.change_command(command=command, wanted=_wanted(body)))

    def delete(self, request: HttpRequest, command_id: str) -> dict[str, str]:
        actions.delete_command(command=access_command(self.actor, command_id))
        return OK


class CommandToken(ApiView):
    """The token that proves to the service of a command who calls it."""

    def put(self, request: HttpRequest, command_id: str) -> dict[str, str]:
        return {"token": actions.renew_token(command=access_command(self.actor, command_id)).token}


class CommandMove(ApiView):
    """The team of a command."""

    def put(self, request: HttpRequest, command_id: str) -> dict[str, str]:
        team = team_by_id(self.body("team_id").text("team_id"))
        require_team(self.actor, team.id, COMMANDS.own)
        actions.move_command(command=access_command(self.actor, command_id), team=team)
        return OK


class CommandCompletion(ApiView):
    """The commands that may be suggested in a team."""

    def get(self, request: HttpRequest, team_id: str) -> list[dict[str, Any]]:
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        return [usable_command_json(command) for command in _usable(team_id, with_hidden=False)]


class CommandSuggestions(ApiView):
    """The commands that begin as somebody began to write."""

    def get(self, request: HttpRequest, team_id: str) -> list[dict[str, str]]:
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        written = self.query.text("user_input")
        if not written:
            raise InvalidBodyParam("userInput")
        beginning = written.removeprefix("/").lower()
        found = [one for one in _usable(team_id, with_hidden=False) if one.trigger.startswith(beginning)]
        return [suggestion_json(command) for command in sorted(found, key=lambda one: one.trigger)]


def _usable(team_id: str, *, with_hidden: bool) -> list[Command]:
    """The commands of a team and the built-in ones; those that are not suggested on demand."""
    custom = [one for one in commands_of_team(team_id) if one.auto_complete or with_hidden]
    return [*custom, *suggested_commands()]


def _wanted(body: Body) -> actions.WantedCommand:
    return actions.WantedCommand(
        team_id=body.text("team_id"),
        trigger=body.text("trigger"),
        method=body.text("method"),
        url=body.text("url"),
        creator_id=body.text("creator_id"),
        username=body.text("username"),
        icon_url=body.text("icon_url"),
        auto_complete=body.flag("auto_complete"),
        auto_complete_desc=body.text("auto_complete_desc"),
        auto_complete_hint=body.text("auto_complete_hint"),
        display_name=body.text("display_name"),
        description=body.text("description"),
    )
