"""Finding, making, joining and leaving channels; beginning a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.permissions import Permission, require_system
from accounts.queries import user_by_username
from accounts.queries.lists import Wanted, select_users
from accounts.queries.visibility import require_visible, visibility_of
from accounts.web.base import FormPage
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from messaging.actions.channels import NewChannel, create_channel
from messaging.actions.direct import open_direct
from messaging.actions.members import add_members, remove_member
from messaging.permissions import CREATE, DIRECT, GROUP, channel_or_404, may_add, require_channel
from messaging.queries import channels as queries
from messaging.web.channel import ChannelPage
from messaging.web.place import TeamPage
from messaging.web.rendering import channel_address, direct_address
from teams.permissions import has_team, require_team
from teams.web.making import name_from

LISTED_AT_ONCE = 200


class Channels(TeamPage):
    """The public channels of a team."""

    def get(self, request: HttpRequest, team_name: str) -> HttpResponseBase:
        team = self.enter(team_name)
        require_team(self.actor, team.id, Permission.LIST_TEAM_CHANNELS)
        words = request.GET.get("q", "").replace("\0", "")[:64]
        found = queries.public_channels(team.id)
        if words:
            found = found.filter(Q(display_name__icontains=words) | Q(name__icontains=words))
        mine = set(queries.channels_with(self.me.id).filter(channel_id__in=found.values("id")))
        context = {
            **self.workspace(team),
            "channels": [(channel, channel.id in mine) for channel in found[:LISTED_AT_ONCE]],
            "words": words,
            "can_create": any(has_team(self.actor, team.id, permission) for permission in CREATE.values()),
        }
        return self.render("web/channels.html", context)


class CreateChannel(FormPage, TeamPage):
    """The page that makes a channel."""

    template = "web/create_channel.html"
    fields = ("display_name", "name", "purpose", "type")
    error_fields = {
        "display_name": "display_name",
        "invalid_body_param": "display_name",
        "is_valid.1_or_more": "name",
        "is_valid.name": "name",
        "save_channel.exists": "name",
        "purpose": "purpose",
    }

    def context(self) -> dict[str, Any]:
        team = self.enter(self.kwargs["team_name"])
        allowed = {type: has_team(self.actor, team.id, permission) for type, permission in CREATE.items()}
        return {**self.workspace(team), "may_public": allowed["O"], "may_private": allowed["P"]}

    def submit(self, values: Mapping[str, str]) -> HttpResponseBase:
        team = self.enter(self.kwargs["team_name"])
        display_name = values["display_name"].strip()
        type = "P" if values["type"] == "P" else "O"
        if not display_name:
            raise InvalidBodyParam("display_name")
        require_team(self.actor, team.id, CREATE[type])
        wanted = NewChannel(
            team_id=team.id,
            name=values["name"].strip().lower() or name_from(display_name),
            display_name=display_name,
            type=type,
            purpose=values["purpose"].strip(),
        )
        channel = create_channel(actor=self.actor, creator=self.me, wanted=wanted)
        return HttpResponseRedirect(channel_address(team.name, channel.name))


class Join(TeamPage):
    """Joins a public channel."""

    def post(self, request: HttpRequest, team_name: str, channel_id: str) -> HttpResponseBase:
        team = self.enter(team_name)
        access = channel_or_404(self.actor, channel_id)
        if access.channel.type in (DIRECT, GROUP):
            raise AppError("api.channel.add_user_to_channel.type.app_error")
        if not may_add(self.actor, access, [self.me.id]):
            raise PermissionDenied(Permission.JOIN_PUBLIC_CHANNELS)
        add_members(actor=self.actor, channel=access.channel, user_ids=[self.me.id])
        return HttpResponseRedirect(channel_address(team.name, access.channel.name))


class Leave(TeamPage):
    """Leaves a public or private channel."""

    def post(self, request: HttpRequest, team_name: str, channel_id: str) -> HttpResponseBase:
        team = self.enter(team_name)
        access = channel_or_404(self.actor, channel_id)
        if access.channel.type in (DIRECT, GROUP):
            raise AppError("api.channel.remove_channel_member.type.app_error")
        remove_member(actor=self.actor, channel=access.channel, user=self.me)
        return HttpResponseRedirect(reverse("web:team", kwargs={"team_name": team.name}))


class People(TeamPage):
    """The people of a team, to write to."""

    def get(self, request: HttpRequest, team_name: str) -> HttpResponseBase:
        team = self.enter(team_name)
        words = request.GET.get("q", "").replace("\0", "").strip().lstrip("@")[:64]
        wanted = Wanted(in_team=team.id, is_active=True, visibility=visibility_of(self.actor))
        found = select_users(wanted).order_by("username")
        if words:
            found = found.filter(username__icontains=words)
        people = [(user, direct_address(team.name, user.username)) for user in found[:LISTED_AT_ONCE]]
        return self.render("web/people.html", {**self.workspace(team), "people": people, "words": words})


class DirectPage(ChannelPage):
    """Messages with one person, ``@name``; opened when there were none. Other names are group channels."""

    def get(self, request: HttpRequest, team_name: str, name: str) -> HttpResponseBase:
        if not name.startswith("@"):
            return super().get(request, team_name, name)
        team = self.enter(team_name)
        partner = user_by_username(name[1:])
        require_visible(self.actor, partner.id)
        require_system(self.actor, Permission.CREATE_DIRECT_CHANNEL)
        channel = open_direct(user_id=self.me.id, other_id=partner.id)
        access = channel_or_404(self.actor, channel.id)
        require_channel(self.actor, access, Permission.READ_CHANNEL)
        return self.page(team, access)
