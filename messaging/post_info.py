"""Where a post is, told to who follows a link to it and may come there (semantics §8.1)."""

from __future__ import annotations

from typing import Any

from accounts.permissions import Permission
from mattermost_site.actor import Actor
from messaging.access import ChannelAccess, load_access
from messaging.permissions import OPEN, PRIVATE, allows
from messaging.queries.posts import NoSuchPost, post_or_404
from teams.models import Team
from teams.permissions import has_team


def info_of(actor: Actor, post_id: str) -> dict[str, Any]:
    """The channel and team of a post, and whether the actor is in them; NoSuchPost if there is no way in either."""
    post = post_or_404(post_id)
    access = load_access(actor.user_id, post["channel_id"])
    if access is None or not _may_enter_channel(actor, access):
        raise NoSuchPost
    channel = access.channel
    team = Team.objects.filter(id=channel.team_id).first() if channel.team_id else None
    if team and not access.team_roles and not _may_enter_team(actor, team):
        raise NoSuchPost
    return {
        "channel_id": channel.id,
        "channel_type": channel.type,
        "channel_display_name": channel.display_name,
        "has_joined_channel": access.member is not None,
        "team_id": team.id if team else "",
        "team_type": _team_type(team),
        "team_display_name": team.display_name if team else "",
        "has_joined_team": bool(access.team_roles),
    }


def _team_type(team: Team | None) -> str:
    """By who may join it, as recorded, which need not be the team's own type."""
    if team is None:
        return ""
    return "O" if team.allow_open_invite else "I"


def _may_enter_channel(actor: Actor, access: ChannelAccess) -> bool:
    if access.member is not None or access.channel.type == OPEN:
        return True
    if access.channel.type == PRIVATE:
        return allows(actor, access, Permission.MANAGE_PRIVATE_CHANNEL_MEMBERS)
    return allows(actor, access, Permission.READ_CHANNEL_CONTENT)


def _may_enter_team(actor: Actor, team: Team) -> bool:
    permission = Permission.JOIN_PUBLIC_TEAMS if team.allow_open_invite else Permission.JOIN_PRIVATE_TEAMS
    return has_team(actor, team.id, permission)
