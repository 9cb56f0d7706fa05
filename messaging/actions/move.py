"""Moving channels to another team (semantics §7)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from mattermost_site import hooks
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging import events
from messaging.actions.channel_changes import store_changes
from messaging.actions.members import drop_memberships
from messaging.actions.system_posts import post_system_message
from messaging.models import Channel, ChannelMember, SidebarCategory, SidebarChannel, Thread
from messaging.models.channel import TOWN_SQUARE
from teams.models import Team, TeamMember


def move_channel(*, actor: Actor, channel: Channel, team: Team, force: bool) -> Channel:
    """Give a public or private channel to another team; with ``force``, members who are not in it lose the channel.

    Raises ``app.channel.move_channel.members_do_not_match.error`` without ``force``,
    ``api.channel.remove.default.app_error`` for town square, and the errors of changed fields.
    """
    if channel.name == TOWN_SQUARE:
        raise AppError("api.channel.remove.default.app_error")
    strangers = list(_strangers(channel, team))
    if strangers and not force:
        raise AppError("app.channel.move_channel.members_do_not_match.error")
    moves = channel.team_id != team.id
    with transaction.atomic():
        if moves:
            take_into_team(channel, team)
        store_changes(channel, "team_id")
        for user_id in strangers:
            drop_memberships(user_id=user_id, channel_ids=[channel.id])
            publish(*events.user_removed(channel, user_id, remover_id=actor.user_id))
        user = User.objects.only("id", "username").get(id=actor.user_id)
        post_system_message(
            channel=channel,
            user_id=user.id,
            type="system_move_channel",
            message=f"{user.username} moved this channel to the team {team.display_name}.",
            props={"username": user.username},
        )
    return channel


def take_into_team(channel: Channel, team: Team) -> None:
    """Set the team of a channel, and let go of what hung on the old one; the channel is stored by the caller."""
    channel.team_id = team.id
    Thread.objects.filter(channel_id=channel.id).update(thread_team_id=team.id)
    elsewhere = SidebarCategory.objects.exclude(team_id=team.id).values("id")
    SidebarChannel.objects.filter(channel_id=channel.id, category_id__in=elsewhere).delete()
    hooks.channel_moved(channel.id, team.id)


def _strangers(channel: Channel, team: Team) -> QuerySet[ChannelMember, str]:
    """Members of the channel who are not in the team."""
    there = TeamMember.objects.filter(team_id=team.id, delete_at=0).values("user_id")
    members = ChannelMember.objects.filter(channel_id=channel.id).exclude(user_id__in=there)
    return members.values_list("user_id", flat=True)
