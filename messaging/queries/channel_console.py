"""Channels of all teams, as the System Console lists and searches them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from messaging.models import Channel, GroupChannel, SharedChannel
from messaging.queries.channel_search import matches
from messaging.queries.default_channels import default_channel_names
from teams.models import RetentionPolicyChannel, Team


@dataclass(frozen=True, slots=True)
class ChannelFilter:
    """What a list of public and private channels is narrowed to; archived ones are left out by default."""

    term: str = ""
    team_ids: Collection[str] = ()
    public: bool = False
    private: bool = False
    deleted: bool = False
    include_deleted: bool = False
    include_search_by_id: bool = False
    group_constrained: bool = False
    exclude_group_constrained: bool = False
    exclude_default_channels: bool = False
    exclude_policy_constrained: bool = False
    exclude_remote: bool = False
    not_associated_to_group: str = ""


def filtered(wanted: ChannelFilter) -> QuerySet[Channel]:
    """The channels by display name."""
    types = ["O"] * wanted.public + ["P"] * wanted.private
    found = Channel.objects.filter(_named(wanted), type__in=types or ["O", "P"]).order_by("display_name", "name", "id")
    if wanted.deleted:
        found = found.filter(delete_at__gt=0)
    elif not wanted.include_deleted:
        found = found.filter(delete_at=0)
    if wanted.team_ids:
        found = found.filter(team_id__in=wanted.team_ids)
    if wanted.group_constrained:
        found = found.filter(group_constrained=True)
    elif wanted.exclude_group_constrained:
        found = found.filter(Q(group_constrained=None) | Q(group_constrained=False))
    return _without_excluded(found, wanted)


def _named(wanted: ChannelFilter) -> Q:
    by_words = matches(wanted.term)
    return by_words | Q(id=wanted.term) if wanted.include_search_by_id and wanted.term else by_words


def _without_excluded(found: QuerySet[Channel], wanted: ChannelFilter) -> QuerySet[Channel]:
    if wanted.exclude_default_channels:
        found = found.exclude(name__in=default_channel_names())
    if wanted.exclude_policy_constrained:
        found = found.exclude(id__in=RetentionPolicyChannel.objects.values("channel_id"))
    if wanted.exclude_remote:
        found = found.exclude(id__in=SharedChannel.objects.filter(home=False).values("channel_id"))
    if wanted.not_associated_to_group:
        linked = GroupChannel.objects.filter(group_id=wanted.not_associated_to_group, delete_at=0)
        found = found.exclude(id__in=linked.values("channel_id"))
    return found


def teams_of(channels: Sequence[Channel]) -> dict[str, Team]:
    """The teams of these channels by id."""
    return Team.objects.in_bulk({channel.team_id for channel in channels})
