"""Finding channels by words (semantics §19, recorded)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.permissions import Permission, grants
from accounts.scheme_roles import TEAM_ROLES, membership_roles
from mattermost_site.patterns import words_of
from messaging.models import Channel, ChannelMember
from messaging.queries.channels import channels_with
from messaging.queries.channels_of_users import group_channels_of
from teams.models import TeamMember
from teams.queries import role_names_of_teams

SEARCH_LIMIT = 100
COMPLETION_LIMIT = 50


def matches(term: str) -> Q:
    """Channels with every word of the term somewhere in their display name, name or purpose, in any case."""
    found = Q()
    for word in words_of(term):
        found &= Q(display_name__icontains=word) | Q(name__icontains=word) | Q(purpose__icontains=word)
    return found


def search_public(team_id: str, term: str) -> list[Channel]:
    """Public channels of a team, archived ones too, by display name."""
    return list(_named(Channel.objects.filter(matches(term), team_id=team_id, type="O"))[:SEARCH_LIMIT])


def search_own(user_id: str, team_id: str, term: str) -> list[Channel]:
    """Public and private channels of a team that the user is in, archived ones too, by display name."""
    return list(_named(_own(user_id, team_id).filter(matches(term)))[:SEARCH_LIMIT])


def complete(user_id: str, team_id: str, term: str) -> list[Channel]:
    """Public channels of a team and private ones that the user is in, archived ones too, by display name."""
    seen = Q(type="O") | Q(type="P", id__in=channels_with(user_id))
    return list(_named(Channel.objects.filter(seen, matches(term), team_id=team_id))[:COMPLETION_LIMIT])


def complete_for_posts(user_id: str, team_id: str, term: str) -> list[Channel]:
    """Channels whose posts the user may search: own ones of the team, group and direct ones, by display name.

    A direct channel is shown, and found, by the other person's user name.
    """
    own = list(_named(_own(user_id, team_id).filter(matches(term)))[:COMPLETION_LIMIT])
    groups = list(group_channels_of(user_id).filter(matches(term))[:COMPLETION_LIMIT])
    found = own + groups + _direct(user_id, term)
    return sorted(found, key=lambda channel: channel.display_name.lower())[:COMPLETION_LIMIT]


def search_groups(user_id: str, term: str) -> list[Channel]:
    """The user's group channels in which every word of the term is part of a member's user name."""
    found = group_channels_of(user_id)
    for word in words_of(term):
        people = User.objects.filter(username__icontains=word).values("id")
        found = found.filter(Exists(ChannelMember.objects.filter(channel_id=OuterRef("id"), user_id__in=people)))
    return list(found[:SEARCH_LIMIT])


def search_everywhere(user_id: str, term: str) -> list[Channel]:
    """What a user may see in all teams: public channels where these are listed for the user, and own channels."""
    own = channels_with(user_id)
    seen = Q(type="O", team_id__in=_listing_teams(user_id)) | Q(type__in=("O", "P"), id__in=own)
    return list(_named(Channel.objects.filter(seen, matches(term)))[:SEARCH_LIMIT])


def _named(found: QuerySet[Channel]) -> QuerySet[Channel]:
    return found.order_by("display_name", "name")


def _own(user_id: str, team_id: str) -> QuerySet[Channel]:
    return Channel.objects.filter(team_id=team_id, type__in=("O", "P"), id__in=channels_with(user_id))


def _direct(user_id: str, term: str) -> list[Channel]:
    """Direct channels with other people, each with the other's user name as its display name."""
    wanted = Q()
    for word in words_of(term):
        wanted &= Q(username__icontains=word) | Q(nickname__icontains=word)
    others = ChannelMember.objects.filter(
        channel_id__in=Channel.objects.filter(type="D", delete_at=0, id__in=channels_with(user_id)).values("id"),
        user_id__in=User.objects.filter(wanted).values("id"),
    ).exclude(user_id=user_id)
    pairs = dict(others.values_list("channel_id", "user_id")[:COMPLETION_LIMIT])
    names = dict(User.objects.filter(id__in=pairs.values()).values_list("id", "username"))
    channels = list(Channel.objects.filter(id__in=pairs))
    for channel in channels:
        channel.display_name = names[pairs[channel.id]]
    return channels


def _listing_teams(user_id: str) -> list[str]:
    """Teams whose public channels are listed for this member; guests have none."""
    members = list(TeamMember.objects.filter(user_id=user_id, delete_at=0))
    names = role_names_of_teams([member.team_id for member in members])
    return [member.team_id for member in members if _lists(member, names.get(member.team_id, TEAM_ROLES))]


def _lists(member: TeamMember, names: tuple[str, ...]) -> bool:
    flags = (member.scheme_guest, member.scheme_user, member.scheme_admin)
    return grants(membership_roles(member.roles, flags, names), Permission.LIST_TEAM_CHANNELS)
