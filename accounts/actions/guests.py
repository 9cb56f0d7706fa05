"""Making guests members and members guests (semantics §5.4, permissions.md §6)."""

from __future__ import annotations

from django.db import transaction

from accounts import events
from accounts.actions.system_roles import store_roles
from accounts.models import User
from accounts.scheme_roles import TEAM_ROLES
from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging import events as channel_events
from messaging.actions.arrivals import post_arrival
from messaging.actions.members import join_default_channel
from messaging.models import Channel, ChannelMember
from messaging.models.channel import TOWN_SQUARE
from messaging.queries.default_channels import default_channel_names
from teams import events as team_events
from teams.models import TeamMember
from teams.queries import role_names_of_teams

MEMBER, GUEST = "system_user", "system_guest"


def promote(*, actor: Actor, user: User) -> None:
    """Make a guest a member everywhere, and of the default channels of its teams.

    ``api.user.promote_guest_to_user.no_guest.app_error`` (501) for one who is none.
    """
    if not user.is_guest:
        raise AppError("api.user.promote_guest_to_user.no_guest.app_error", status=501)
    with transaction.atomic():
        for team_id in _team_ids(user):
            _join_default_channels(actor, user, team_id)
        _set_flags(user, is_guest=False)
        roles = [MEMBER if name == GUEST else name for name in user.role_names]
        store_roles(user=user, roles=" ".join(dict.fromkeys(roles)))
        _tell(user)


def demote(*, user: User) -> None:
    """Make a member a guest everywhere, without any further role; memberships stay.

    ``api.user.demote_user_to_guest.already_guest.app_error`` (501) for one who is a
    guest, ``api.team.demote_user_to_guest.disabled.error`` (501) while there are none.
    """
    if not config.current().guest_accounts.enable:
        raise AppError("api.team.demote_user_to_guest.disabled.error", status=501)
    if user.is_guest:
        raise AppError("api.user.demote_user_to_guest.already_guest.app_error", status=501)
    with transaction.atomic():
        _set_flags(user, is_guest=True)
        store_roles(user=user, roles=GUEST)
        _tell(user)


def _team_ids(user: User) -> list[str]:
    return list(TeamMember.objects.filter(user_id=user.id, delete_at=0).values_list("team_id", flat=True))


def _join_default_channels(actor: Actor, user: User, team_id: str) -> None:
    """As when joining the team; a default channel that the guest was in already is told again (recorded)."""
    names = default_channel_names()
    channels = Channel.objects.filter(team_id=team_id, name__in=names, type="O", delete_at=0)
    joined = set(ChannelMember.objects.filter(user_id=user.id).values_list("channel_id", flat=True))
    for channel in sorted(channels, key=lambda channel: names.index(channel.name)):
        is_team_join = channel.name == TOWN_SQUARE
        if channel.id in joined:
            adder = User.objects.get(id=actor.user_id)
            post_arrival(channel=channel, user=user, adder=adder, place="team" if is_team_join else "channel")
            publish(channel_events.user_joined_default(channel, user.id))
        else:
            join_default_channel(
                channel=channel, user=user, is_admin=False, added_by=actor.user_id, is_team_join=is_team_join
            )


def _set_flags(user: User, *, is_guest: bool) -> None:
    """A guest is nothing else: neither member nor admin, and without roles of its own."""
    flags = {"scheme_guest": is_guest, "scheme_user": not is_guest}
    changes = {**flags, "scheme_admin": False, "roles": ""} if is_guest else flags
    TeamMember.objects.filter(user_id=user.id).update(**changes)
    ChannelMember.objects.filter(user_id=user.id).update(**changes, last_update_at=clock.now())


def _tell(user: User) -> None:
    publish(*events.user_updated(user))
    names = role_names_of_teams(_team_ids(user))
    for member in TeamMember.objects.filter(user_id=user.id, delete_at=0):
        publish(team_events.memberrole_updated(member, names.get(member.team_id, TEAM_ROLES)))
