"""Direct and group channels: made once for the same people (semantics §7)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from accounts.models import Bot, User
from mattermost_site import clock, config
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id
from mattermost_site.realtime import publish
from messaging import events
from messaging.actions.members import store_member
from messaging.direct_names import direct_name, group_name
from messaging.models import Channel
from teams.models import TeamMember

GROUP_SIZES = range(3, 9)  # people, the one who makes it among them
DISPLAY_NAME_LIMIT = 64


def open_direct(*, user_id: str, other_id: str) -> Channel:
    """The direct channel of two people, who may be one; made when there is none, with ``user_id`` as its creator.

    Raises ``api.channel.create_direct_channel.invalid_user.app_error`` for unknown people and,
    where direct messages need a common team,
    ``api.channel.create_channel.direct_channel.team_restricted_error`` (403).
    """
    name = direct_name(user_id, other_id)
    if found := _existing(name):
        return found
    users = User.objects.in_bulk([user_id, other_id])
    if len(users) != len({user_id, other_id}):
        raise AppError("api.channel.create_direct_channel.invalid_user.app_error")
    if config.current().team.restrict_direct_message == "team":
        _check_common_team(user_id, other_id)
    channel = _new_channel(type="D", name=name, creator_id=user_id)
    try:
        with transaction.atomic():
            _store(channel, list(users.values()))
            publish(events.direct_added(channel, creator_id=user_id, teammate_id=other_id))
    except IntegrityError:  # the other one opened it meanwhile
        return Channel.objects.get(team_id="", name=name)
    return channel


def open_group(*, user_ids: Sequence[str]) -> Channel:
    """The group channel of these people, made when there is none.

    Raises ``api.channel.create_group.bad_size.app_error`` and ``…bad_user.app_error``.
    """
    people = sorted(set(user_ids))
    if len(people) not in GROUP_SIZES:
        raise AppError("api.channel.create_group.bad_size.app_error")
    users = User.objects.in_bulk(people)
    if len(users) != len(people):
        raise AppError("api.channel.create_group.bad_user.app_error")
    name = group_name(people)
    if found := _existing(name):
        return found
    shown = ", ".join(sorted(user.username for user in users.values()))
    channel = _new_channel(type="G", name=name, display_name=shown[:DISPLAY_NAME_LIMIT])
    try:
        with transaction.atomic():
            _store(channel, list(users.values()))
            publish(*events.group_added(channel, people))
    except IntegrityError:  # somebody else opened it meanwhile
        return Channel.objects.get(team_id="", name=name)
    return channel


def _existing(name: str) -> Channel | None:
    return Channel.objects.filter(team_id="", name=name).first()


def _new_channel(*, type: str, name: str, display_name: str = "", creator_id: str = "") -> Channel:
    now = clock.now()
    return Channel(
        id=new_id(),
        create_at=now,
        update_at=now,
        type=type,
        name=name,
        display_name=display_name,
        creator_id=creator_id,
        shared=False,
    )


def _store(channel: Channel, users: Sequence[User]) -> None:
    channel.save(force_insert=True)
    for user in users:
        store_member(channel=channel, user=user)


def _check_common_team(user_id: str, other_id: str) -> None:
    """Bots may be written to, and write, wherever they are."""
    if user_id == other_id or Bot.objects.filter(user_id__in=(user_id, other_id)).exists():
        return
    theirs = TeamMember.objects.filter(user_id=other_id, delete_at=0).values("team_id")
    if not TeamMember.objects.filter(user_id=user_id, delete_at=0, team_id__in=theirs).exists():
        raise AppError("api.channel.create_channel.direct_channel.team_restricted_error", status=403)
