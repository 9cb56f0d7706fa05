"""Channels whose members come from groups (``group_constrained``)."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import Bot, GroupMember
from mattermost_site.errors import AppError
from messaging.models import Channel, GroupChannel


def check_may_join(channel: Channel, user_ids: Collection[str]) -> None:
    """``api.channel.add_members.user_denied`` if groups decide who is in the channel and somebody is in none of them.

    Bots belong to no group and may always be added.
    """
    if not channel.group_constrained:
        return
    groups = GroupChannel.objects.filter(channel_id=channel.id, delete_at=0).values("group_id")
    members = GroupMember.objects.filter(group_id__in=groups, delete_at=0, user_id__in=user_ids)
    welcome = {*members.values_list("user_id", flat=True)}
    welcome.update(Bot.objects.filter(user_id__in=user_ids).values_list("user_id", flat=True))
    denied = [user_id for user_id in user_ids if user_id not in welcome]
    if denied:
        raise AppError("api.channel.add_members.user_denied", params={"UserIDs": ", ".join(denied)})
