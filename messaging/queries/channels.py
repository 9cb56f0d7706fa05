"""Channels of a team, by name and in lists."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from mattermost_site.errors import AppError
from messaging.access import ChannelAccess, load_access
from messaging.models import Channel, ChannelMember


class NoSuchName(AppError):
    """No channel has this name, as far as the actor may know."""

    id = "app.channel.get_by_name.missing.app_error"
    status = 404


def access_by_name(user_id: str, team_id: str, name: str, *, include_deleted: bool) -> ChannelAccess:
    """The channel of that name, in any case, in the team or among direct and group ones; NoSuchName without one."""
    found = Channel.objects.filter(team_id__in=(team_id, ""), name=name.lower())
    if not include_deleted:
        found = found.filter(delete_at=0)
    channel_id = found.order_by("-team_id").values_list("id", flat=True).first()
    access = load_access(user_id, channel_id) if channel_id else None
    if access is None:
        raise NoSuchName
    return access


def public_channels(team_id: str) -> QuerySet[Channel]:
    """Public channels of a team by display name, without archived ones."""
    return _of_team(team_id).filter(type="O", delete_at=0)


def private_channels(team_id: str) -> QuerySet[Channel]:
    """Private channels of a team by display name, without archived ones."""
    return _of_team(team_id).filter(type="P", delete_at=0)


def archived_channels(team_id: str, *, seen_by: str) -> QuerySet[Channel]:
    """Archived channels of a team by display name; private ones only of the user ``seen_by``, all with ``""``."""
    found = _of_team(team_id).filter(type__in=("O", "P"), delete_at__gt=0)
    if not seen_by:
        return found
    return found.filter(Q(type="O") | Q(id__in=channels_with(seen_by)))


def public_channels_by_ids(team_id: str, channel_ids: Collection[str]) -> list[Channel]:
    """Those of the channels that are public ones of the team, by display name.

    ``app.channel.get_channels_by_ids.not_found.app_error`` (404) when none is.
    """
    found = list(public_channels(team_id).filter(id__in=channel_ids))
    if not found:
        raise AppError("app.channel.get_channels_by_ids.not_found.app_error", status=404)
    return found


def channels_with(user_id: str) -> QuerySet[ChannelMember, str]:
    """Ids of the channels that a user is in, for use inside another query."""
    return ChannelMember.objects.filter(user_id=user_id).values_list("channel_id", flat=True)


def _of_team(team_id: str) -> QuerySet[Channel]:
    return Channel.objects.filter(team_id=team_id).order_by("display_name", "name")
