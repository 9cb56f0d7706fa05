"""Wire shapes of channels and memberships."""

from __future__ import annotations

from typing import Any

from accounts.scheme_roles import CHANNEL_ROLES, membership_roles
from messaging.models import Channel, ChannelMember
from teams.models import Team


def channel_json(channel: Channel) -> dict[str, Any]:
    """A channel."""
    return {
        "id": channel.id,
        "create_at": channel.create_at,
        "update_at": channel.update_at,
        "delete_at": channel.delete_at,
        "team_id": channel.team_id,
        "type": channel.type,
        "display_name": channel.display_name,
        "name": channel.name,
        "header": channel.header,
        "purpose": channel.purpose,
        "last_post_at": channel.last_post_at,
        "total_msg_count": channel.total_msg_count,
        "extra_update_at": channel.extra_update_at,
        "creator_id": channel.creator_id,
        "scheme_id": channel.scheme_id,
        "props": None,
        "group_constrained": channel.group_constrained,
        "shared": channel.shared,
        "total_msg_count_root": channel.total_msg_count_root,
        "policy_id": None,
        "last_root_post_at": channel.last_root_post_at,
        "banner_info": channel.banner_info,
        "policy_enforced": False,
        "default_category_name": channel.default_category_name,
    }


def channel_with_team_json(channel: Channel, team: Team | None) -> dict[str, Any]:
    """A channel with what lists across teams tell of its team."""
    return channel_json(channel) | {
        "team_display_name": team.display_name if team else "",
        "team_name": team.name if team else "",
        "team_update_at": team.update_at if team else 0,
    }


def channel_member_json(
    member: ChannelMember, role_names: tuple[str, ...] = CHANNEL_ROLES, *, own: bool = True
) -> dict[str, Any]:
    """A membership; times are −1 in those of other people (``own`` false)."""
    flags = (member.scheme_guest, member.scheme_user, member.scheme_admin)
    return {
        "channel_id": member.channel_id,
        "user_id": member.user_id,
        "roles": " ".join(membership_roles(member.roles, flags, role_names)),
        "last_viewed_at": member.last_viewed_at if own else -1,
        "msg_count": member.msg_count,
        "mention_count": member.mention_count,
        "mention_count_root": member.mention_count_root,
        "urgent_mention_count": member.urgent_mention_count,
        "msg_count_root": member.msg_count_root,
        "notify_props": member.notify_props,
        "last_update_at": member.last_update_at if own else -1,
        "scheme_guest": member.scheme_guest,
        "scheme_user": member.scheme_user,
        "scheme_admin": member.scheme_admin,
        "explicit_roles": member.roles,
    }
