"""Muted categories mute what is in them (semantics §12.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mattermost_site import clock
from mattermost_site.realtime import publish
from messaging import events
from messaging.access import load_accesses
from messaging.models import ChannelMember
from messaging.queries.sidebar import Category

MUTED, LOUD = "mention", "all"  # of notify_props.mark_unread


def follow_muting(*, user_id: str, before: Sequence[Category], after: Sequence[Category]) -> None:
    """Mute and unmute the channels of categories that changed; ``before`` and ``after`` are the same ones, in order.

    Channels follow when their category is muted or is not any more, and when they moved
    between two of these categories that differ in it. A channel that came from elsewhere stays
    as it is (recorded).
    """
    wishes = muting_wishes(before, after)
    if not wishes:
        return
    now = clock.now()
    changed = []
    for channel_id, access in load_accesses(user_id, wishes).items():
        wanted = MUTED if wishes[channel_id] else LOUD
        member = access.member
        if member is None or (member.notify_props.get("mark_unread") == MUTED) == wishes[channel_id]:
            continue
        member.notify_props, member.last_update_at = {**member.notify_props, "mark_unread": wanted}, now
        changed.append((member, access.channel_role_names))
    members = [member for member, _ in changed]
    ChannelMember.objects.bulk_update(members, ["notify_props", "last_update_at"])
    publish(*(events.channel_member_updated(member, names) for member, names in changed))


def muting_wishes(before: Sequence[Category], after: Sequence[Category]) -> Mapping[str, bool]:
    """Channels that are to be muted (true) or not (false)."""
    wishes: dict[str, bool] = {}
    source = {channel_id: category for category in before for channel_id in category.channel_ids}
    for old, new in zip(before, after, strict=True):
        if old.muted != new.muted:
            wishes.update(dict.fromkeys(new.channel_ids, new.muted))
        for channel_id in set(new.channel_ids).difference(old.channel_ids):
            if channel_id in source and source[channel_id].muted != new.muted:
                wishes[channel_id] = new.muted
    return wishes
