"""Routes of integrations, in the order of the API reference."""

from __future__ import annotations

from django.urls import URLPattern, path

from integrations.api import commands, incoming_hooks, outgoing_hooks

urlpatterns: list[URLPattern] = [
    # commands
    path("commands", commands.Commands.as_view()),
    path("commands/<id:command_id>", commands.CommandDetail.as_view()),
    path("commands/<id:command_id>/move", commands.CommandMove.as_view()),
    path("commands/<id:command_id>/regen_token", commands.CommandToken.as_view()),
    path("teams/<id:team_id>/commands/autocomplete", commands.CommandCompletion.as_view()),
    path("teams/<id:team_id>/commands/autocomplete_suggestions", commands.CommandSuggestions.as_view()),
    # webhooks
    path("hooks/incoming", incoming_hooks.IncomingHooks.as_view()),
    path("hooks/incoming/<id:hook_id>", incoming_hooks.IncomingHookDetail.as_view()),
    path("hooks/outgoing", outgoing_hooks.OutgoingHooks.as_view()),
    path("hooks/outgoing/<id:hook_id>", outgoing_hooks.OutgoingHookDetail.as_view()),
    path("hooks/outgoing/<id:hook_id>/regen_token", outgoing_hooks.OutgoingHookToken.as_view()),
]
