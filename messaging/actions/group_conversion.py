"""Turning a group channel into a private channel of a team (semantics §7)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.scheme_roles import CHANNEL_ROLES
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging import events
from messaging.access import ChannelAccess
from messaging.actions.channel_changes import ChannelChanges, update_fields
from messaging.actions.move import take_into_team
from messaging.actions.system_posts import post_system_message
from messaging.models import Channel, ChannelMember, SidebarCategory, SidebarChannel
from messaging.queries.common_teams import common_teams
from messaging.serializers import category_json
from teams.models import Team


@dataclass(frozen=True, slots=True)
class Conversion:
    """What somebody wants a group channel to become."""

    team_id: str
    name: str
    display_name: str


def convert_group(*, actor: Actor, access: ChannelAccess, wanted: Conversion) -> Channel:
    """Make a group channel a private one of a team that all its members are in; the actor becomes its admin.

    Raises ``app.channel.get_member.missing.app_error`` (404) for an outsider,
    ``app.channel.get_common_teams.incorrect_channel_type``,
    ``app.channel.group_message_conversion.incorrect_team`` and the errors of changed fields.
    """
    channel = access.channel
    if access.member is None:
        raise AppError("app.channel.get_member.missing.app_error", status=404)
    if channel.type != "G":
        raise AppError("app.channel.get_common_teams.incorrect_channel_type")
    team = next((team for team in common_teams(channel) if team.id == wanted.team_id), None)
    if team is None:
        raise AppError("app.channel.group_message_conversion.incorrect_team")
    with transaction.atomic():
        _convert(channel, team, wanted)
        members = _members_by_name(channel)
        _tell_sidebars(team, members)
        _post(channel, actor, members)
        _make_admin(channel, actor.user_id)
    return channel


def _members_by_name(channel: Channel) -> list[str]:
    """Ids of the members, by user name."""
    members = ChannelMember.objects.filter(channel_id=channel.id).values("user_id")
    return list(User.objects.filter(id__in=members).order_by("username").values_list("id", flat=True))


def _convert(channel: Channel, team: Team, wanted: Conversion) -> None:
    channel.type = "P"
    take_into_team(channel, team)
    changes = ChannelChanges(name=wanted.name, display_name=wanted.display_name)
    update_fields(channel=channel, changes=changes, also=("type", "team_id"))


def _tell_sidebars(team: Team, members: list[str]) -> None:
    """Have clients arrange the sidebar of the team anew; what they are sent are the favorites (recorded)."""
    categories = list(SidebarCategory.objects.filter(team_id=team.id, user_id__in=members, type="favorites"))
    rows = SidebarChannel.objects.filter(category_id__in=[category.id for category in categories])
    channels: dict[str, list[str]] = {}
    for row in rows.order_by("sort_order"):
        channels.setdefault(row.category_id, []).append(row.channel_id)
    for category in categories:
        shape = category_json(category, channels.get(category.id, []))
        publish(events.sidebar_category_updated(category.user_id, team.id, [shape]))


def _post(channel: Channel, actor: Actor, members: list[str]) -> None:
    user = User.objects.only("id", "username").get(id=actor.user_id)
    post_system_message(
        channel=channel,
        user_id=user.id,
        type="system_gm_to_channel",
        message=f"{user.username} made this private channel of a group message.",
        props={"convertedByUserId": user.id, "gmMembersDuringConversionIDs": members},
    )


def _make_admin(channel: Channel, user_id: str) -> None:
    member = ChannelMember.objects.get(channel_id=channel.id, user_id=user_id)
    member.scheme_admin = True
    member.save(update_fields=["scheme_admin"])
    publish(events.channel_member_updated(member, CHANNEL_ROLES))
