"""Coming into channels and leaving them (semantics §7)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from accounts.models import User
from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import control, publish
from messaging import events
from messaging.actions.arrivals import post_arrival, post_departure
from messaging.actions.sidebar import forget_channels
from messaging.actions.thread_invitations import follow_by_invitation
from messaging.mentions import wishes
from messaging.models import Channel, ChannelMember, ChannelMemberHistory, Thread, ThreadMembership
from messaging.models.channel import TOWN_SQUARE
from messaging.queries import group_constraints
from teams.models import TeamMember

DEFAULT_NOTIFY_PROPS = {
    "channel_auto_follow_threads": "off",
    "desktop": "default",
    "email": "default",
    "ignore_channel_mentions": "default",
    "mark_unread": "all",
    "push": "default",
}


def store_member(*, channel: Channel, user: User, is_admin: bool = False) -> ChannelMember:
    """Store a membership with its history, and have every socket of the user hear the channel.

    One who comes into an archived channel hears it from its restoration on.
    """
    now = clock.now()
    member = ChannelMember(
        channel_id=channel.id,
        user_id=user.id,
        notify_props=dict(DEFAULT_NOTIFY_PROPS),
        last_update_at=now,
        scheme_guest=user.is_guest,
        scheme_user=not user.is_guest,
        scheme_admin=is_admin and not user.is_guest,
    )
    member.save(force_insert=True)
    if wishes.has_wishes(user.notify_props):
        wishes.forget_channel(channel.id)
    # One who leaves and comes back within a millisecond has that row already.
    ChannelMemberHistory.objects.bulk_create(
        [ChannelMemberHistory(channel_id=channel.id, user_id=user.id, join_time=now)], ignore_conflicts=True
    )
    if not channel.delete_at:
        control.member_joined(user_id=user.id, channel_id=channel.id)
    return member


def join_default_channel(*, channel: Channel, user: User, is_admin: bool, added_by: str, is_team_join: bool) -> None:
    """Put a new member of a team into one default channel, with the post and event that tell of it."""
    if ChannelMember.objects.filter(channel_id=channel.id, user_id=user.id).exists():
        return
    store_member(channel=channel, user=user, is_admin=is_admin)
    adder = User.objects.get(id=added_by) if added_by else None
    post_arrival(channel=channel, user=user, adder=adder, place="team" if is_team_join else "channel")
    publish(events.user_joined_default(channel, user.id))


def add_members(*, actor: Actor, channel: Channel, user_ids: Sequence[str], root_id: str = "") -> list[ChannelMember]:
    """Put people into a public or private channel and answer their memberships, old ones unchanged.

    They follow the thread of ``root_id``, out of which they were invited, if any.

    Those that cannot be added are left out; when that is everybody, the last refusal is
    raised: ``app.user.missing_account.const`` and ``app.team.get_member.missing.app_error``
    (404), ``api.channel.add_user.to.channel.failed.deleted.app_error`` for one who left the
    team. ``api.channel.add_members.user_denied`` when groups decide who is in the channel.
    """
    group_constraints.check_may_join(channel, user_ids)
    known = User.objects.in_bulk({*user_ids, actor.user_id})
    here = {row.user_id: row for row in ChannelMember.objects.filter(channel_id=channel.id, user_id__in=user_ids)}
    left_at = dict(
        TeamMember.objects.filter(team_id=channel.team_id, user_id__in=user_ids).values_list("user_id", "delete_at")
    )
    members: list[ChannelMember] = []
    refusal: AppError | None = None
    for user_id in user_ids:
        refusal = _refusal(user_id in known, left_at.get(user_id)) or refusal
        if user_id in here:
            members.append(here[user_id])
        elif user_id in known and left_at.get(user_id) == 0:
            members.append(add_member(channel=channel, user=known[user_id], adder=known.get(actor.user_id)))
            if root_id:
                follow_by_invitation(user_id=user_id, root_id=root_id, channel=channel)
    if refusal and not members:
        raise refusal
    return members


def _refusal(exists: bool, left_at: int | None) -> AppError | None:
    if not exists:
        return AppError("app.user.missing_account.const", status=404)
    if left_at is None:
        return AppError("app.team.get_member.missing.app_error", status=404)
    return AppError("api.channel.add_user.to.channel.failed.deleted.app_error") if left_at else None


def add_member(*, channel: Channel, user: User, adder: User | None) -> ChannelMember:
    """Put a member of the team into a channel; ``adder`` is the user itself, or None, for one who joins."""
    try:
        with transaction.atomic():
            member = store_member(channel=channel, user=user)
            publish(events.user_added(channel, user.id), events.user_added(channel, user.id, to_channel=False))
            post_arrival(channel=channel, user=user, adder=adder)
    except IntegrityError:  # somebody else added the user meanwhile
        return ChannelMember.objects.get(channel_id=channel.id, user_id=user.id)
    return member


def remove_member(*, actor: Actor, channel: Channel, user: User) -> None:
    """End a membership of a public or private channel; the user may be the actor.

    Raises ``app.channel.get_member.missing.app_error`` (404),
    ``api.channel.remove.default.app_error`` for the default channel (guests may leave it),
    ``api.channel.remove_members.denied`` when groups decide who is in the channel.
    """
    if channel.name == TOWN_SQUARE and not user.is_guest:
        raise AppError("api.channel.remove.default.app_error")
    if channel.group_constrained and actor.user_id != user.id and not user.is_bot:
        raise AppError("api.channel.remove_members.denied")
    with transaction.atomic():
        if not drop_memberships(user_id=user.id, channel_ids=[channel.id]):
            raise AppError("app.channel.get_member.missing.app_error", status=404)
        publish(*events.user_removed(channel, user.id, remover_id=actor.user_id))
        post_departure(channel=channel, user=user, remover_id=actor.user_id)


def drop_memberships(*, user_id: str, channel_ids: Sequence[str]) -> int:
    """Delete memberships with the user's threads and places in the sidebar, close their history; how many there were.

    From here on the user's sockets do not hear these channels.
    """
    with transaction.atomic():
        count, _ = ChannelMember.objects.filter(user_id=user_id, channel_id__in=channel_ids).delete()
        if count:
            open_rows = ChannelMemberHistory.objects.filter(user_id=user_id, channel_id__in=channel_ids)
            open_rows.filter(leave_time=None).update(leave_time=clock.now())
            threads = Thread.objects.filter(channel_id__in=channel_ids).values("post_id")
            ThreadMembership.objects.filter(user_id=user_id, post_id__in=threads).delete()
            forget_channels(user_id=user_id, channel_ids=channel_ids)
            for channel_id in channel_ids:
                control.member_left(user_id=user_id, channel_id=channel_id)
    return count
