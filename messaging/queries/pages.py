"""Reads that web pages need: the sidebar, and the people and pictures that messages speak of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import Preference, Status, User
from messaging.models import Channel, ChannelMember, Emoji
from messaging.queries.channels import channels_with

DIRECT_TYPES = ("D", "G")
SHOW_CATEGORIES = ("direct_channel_show", "group_channel_show")
DIRECT_LIMIT = 40  # direct and group channels in the sidebar; the rest is found by name
MUTED = "mention"  # of notify_props.mark_unread


@dataclass(frozen=True, slots=True)
class SidebarEntry:
    """A channel in the sidebar. ``partner`` and ``status`` are those of the other person in a direct channel."""

    channel: Channel
    is_unread: bool
    mentions: int
    is_muted: bool
    partner: User | None = None
    status: str = ""

    @property
    def title(self) -> str:
        """What the channel is called for this person."""
        return self.partner.username if self.partner else self.channel.display_name


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The channels of a person in a team, by name, and direct ones, the latest first."""

    channels: list[SidebarEntry]
    direct: list[SidebarEntry]


def sidebar(user_id: str, team_id: str, *, current_id: str = "") -> Sidebar:
    """What the person is in; direct channels that are empty or hidden only when something is new there, or current."""
    found = Channel.objects.filter(id__in=channels_with(user_id), team_id__in=(team_id, ""), delete_at=0)
    channels = list(found)
    ids = [channel.id for channel in channels]
    members = {row.channel_id: row for row in ChannelMember.objects.filter(user_id=user_id, channel_id__in=ids)}
    partners = {channel.id: partner_of(channel, user_id) for channel in channels if channel.type == "D"}
    people = User.objects.in_bulk(set(partners.values()))
    statuses = dict(Status.objects.filter(user_id__in=partners.values()).values_list("user_id", "status"))
    shown = _shown_directs(user_id)
    entries = []
    for channel in channels:
        if channel.id not in members:
            continue  # left between the two statements
        partner_id = partners.get(channel.id, "")
        entry = _entry(channel, members[channel.id], people.get(partner_id), statuses.get(partner_id, "offline"))
        if channel.type not in DIRECT_TYPES or channel.id == current_id or _is_worth_showing(entry, shown):
            entries.append(entry)
    named = sorted((entry for entry in entries if entry.channel.team_id), key=lambda entry: entry.title.lower())
    direct = sorted((entry for entry in entries if not entry.channel.team_id), key=_latest, reverse=True)
    return Sidebar(named, direct[:DIRECT_LIMIT])


def partner_of(channel: Channel, user_id: str) -> str:
    """The id of the other person in a direct channel; one's own in a channel with oneself."""
    first, _, second = channel.name.partition("__")
    return second if first == user_id else first


def _entry(channel: Channel, member: ChannelMember, partner: User | None, status: str) -> SidebarEntry:
    is_muted = member.notify_props.get("mark_unread") == MUTED
    return SidebarEntry(
        channel=channel,
        is_unread=channel.total_msg_count > member.msg_count and not is_muted,
        mentions=member.mention_count,
        is_muted=is_muted,
        partner=partner,
        status=status if partner else "",
    )


def _shown_directs(user_id: str) -> dict[str, str]:
    rows = Preference.objects.filter(user_id=user_id, category__in=SHOW_CATEGORIES)
    return dict(rows.values_list("name", "value"))


def _is_worth_showing(entry: SidebarEntry, shown: dict[str, str]) -> bool:
    if entry.mentions or (entry.is_unread and entry.channel.last_post_at):
        return True
    wish = shown.get(entry.partner.id if entry.partner else entry.channel.id, "")
    return wish == "true" or (wish != "false" and entry.channel.last_post_at > 0)


def _latest(entry: SidebarEntry) -> int:
    return entry.channel.last_post_at


def people_by_names(names: Collection[str]) -> list[User]:
    """Those of the people that exist, deactivated ones left out."""
    return list(User.objects.filter(username__in=names, delete_at=0).only("id", "username")) if names else []


def custom_emoji(names: Collection[str]) -> dict[str, str]:
    """The ids of custom emoji by name, as far as there are any."""
    if not names:
        return {}
    return dict(Emoji.objects.filter(name__in=names, delete_at=0).values_list("name", "id"))


def last_channel_of(user_id: str, team_id: str) -> Channel | None:
    """The channel of a team that the person looked at last; None for one who is in none."""
    in_team = Channel.objects.filter(team_id=team_id, delete_at=0)
    rows = ChannelMember.objects.filter(user_id=user_id, channel_id__in=in_team.values("id"))
    latest = rows.order_by("-last_viewed_at").values_list("channel_id", flat=True).first()
    return Channel.objects.filter(id=latest).first() if latest else None
