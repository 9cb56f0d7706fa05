"""Telling others that somebody is writing."""

from __future__ import annotations

from mattermost_site.realtime import publish
from messaging import events
from messaging.access import ChannelAccess


def announce_typing(*, user_id: str, access: ChannelAccess, parent_id: str = "") -> None:
    """Tell members who may have the channel in sight that ``user_id`` writes, in the thread of ``parent_id`` if any.

    Nothing is checked of ``parent_id``; a channel that is archived hears it too (recorded).
    """
    publish(events.typing(channel_id=access.channel.id, user_id=user_id, parent_id=parent_id))
