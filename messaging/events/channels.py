"""Events about channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mattermost_site.realtime.events import Audience, Event
from messaging.events.encoding import text_of
from messaging.models import Channel, ChannelMember
from messaging.serializers import channel_json, channel_member_json


def multiple_channels_viewed(user_id: str, times: Mapping[str, int]) -> Event:
    """A user read channels; ``times`` are ms by channel id."""
    return Event("multiple_channels_viewed", {"channel_times": dict(times)}, Audience(user_id=user_id))


def threads_of_channel_read(user_id: str, channel_id: str, time: int) -> Event:
    """A client without collapsed threads read a channel, and with it the threads there; ``time`` in ms."""
    return Event("thread_read_changed", {"timestamp": time}, Audience(user_id=user_id, channel_id=channel_id))


def channel_created(channel: Channel, user_id: str) -> Event:
    """A public or private channel was made; only its creator is told."""
    return Event("channel_created", {"channel_id": channel.id, "team_id": channel.team_id}, Audience(user_id=user_id))


def channel_updated(channel: Channel) -> Event:
    """Fields of a channel changed."""
    return Event("channel_updated", {"channel": text_of(channel_json(channel))}, Audience(channel_id=channel.id))


def user_added(channel: Channel, user_id: str, *, to_channel: bool = True) -> Event:
    """A user joined a channel: told to its members, or (``to_channel`` false) to the user alone."""
    data = {"team_id": channel.team_id, "user_id": user_id}
    if to_channel:
        return Event("user_added", data, Audience(channel_id=channel.id, omit_users=(user_id,)))
    return Event("user_added", data, Audience(user_id=user_id, channel_id=channel.id))


def user_joined_default(channel: Channel, user_id: str) -> Event:
    """A user came into a default channel by joining its team: told to everybody there."""
    data = {"team_id": channel.team_id, "user_id": user_id}
    return Event("user_added", data, Audience(channel_id=channel.id))


def typing(*, channel_id: str, user_id: str, parent_id: str) -> Event:
    """Somebody writes in a channel, in the thread of ``parent_id`` if that is set; the writer is not told."""
    data = {"parent_id": parent_id, "user_id": user_id}
    return Event("typing", data, Audience(channel_id=channel_id, omit_users=(user_id,)))


def user_removed(channel: Channel, user_id: str, *, remover_id: str) -> list[Event]:
    """A user left a channel or was removed: told to those who are left, and to the user."""
    to_channel = {"user_id": user_id, "remover_id": remover_id}
    to_user = {"channel_id": channel.id, "remover_id": remover_id}
    return [
        Event("user_removed", to_channel, Audience(channel_id=channel.id)),
        Event("user_removed", to_user, Audience(user_id=user_id)),
    ]


def channel_member_updated(member: ChannelMember, role_names: tuple[str, ...]) -> Event:
    """A membership's roles or settings changed; only its owner is told."""
    text = text_of(channel_member_json(member, role_names))
    return Event("channel_member_updated", {"channelMember": text}, Audience(user_id=member.user_id))


def channel_converted(channel: Channel) -> Event:
    """A public channel became private, or the other way round; the whole team is told."""
    return Event("channel_converted", {"channel_id": channel.id}, Audience(team_id=channel.team_id))


def channel_deleted(channel: Channel, delete_at: int) -> Event:
    """A channel was archived or deleted for good; ``delete_at`` in ms."""
    return Event("channel_deleted", {"channel_id": channel.id, "delete_at": delete_at}, _those_who_see(channel))


def channel_restored(channel: Channel) -> Event:
    """An archived channel is in use again."""
    return Event("channel_restored", {"channel_id": channel.id}, _those_who_see(channel))


def direct_added(channel: Channel, *, creator_id: str, teammate_id: str) -> Event:
    """A direct channel was made."""
    data = {"creator_id": creator_id, "teammate_id": teammate_id}
    return Event("direct_added", data, Audience(channel_id=channel.id))


def group_added(channel: Channel, user_ids: Sequence[str]) -> list[Event]:
    """A group channel was made: each of its members is told."""
    data = {"teammate_ids": text_of(list(user_ids))}
    return [Event("group_added", data, Audience(user_id=user_id, channel_id=channel.id)) for user_id in user_ids]


def _those_who_see(channel: Channel) -> Audience:
    """The team for a public channel, otherwise the members."""
    return Audience(team_id=channel.team_id) if channel.type == "O" else Audience(channel_id=channel.id)
