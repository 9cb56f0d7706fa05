"""Who receives an event: the rules of websocket.md §8, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mattermost_site.realtime.connection import Connection
from mattermost_site.realtime.events import Audience, Readers
from mattermost_site.realtime.people import People, Person
from mattermost_site.realtime.wire import ACK_MEMBER, Parcel

SHOWN_ONLY = frozenset({"typing", "reaction_added", "reaction_removed"})


def recipients(people: People, parcel: Parcel, now: int) -> Iterator[tuple[Connection, str]]:
    """The connections that hear an event, each with its frame (without number); ``now`` in ms.

    People whose memberships are still being read are left out: ``for_person`` is theirs.
    """
    plain = parcel.head + parcel.tail
    for person in list(_candidates(people, parcel.audience)):
        if not person.is_loading:
            yield from for_person(person, parcel, now, plain)


def for_person(person: Person, parcel: Parcel, now: int, plain: str = "") -> Iterator[tuple[Connection, str]]:
    """Those connections of one person."""
    audience = parcel.audience
    if not _concerns(person, parcel):
        return
    plain = plain or parcel.head + parcel.tail
    extra = parcel.extras.get(person.user_id)
    frame = f"{parcel.head}{extra}{parcel.tail}" if extra else plain
    for connection in list(person.connections):
        if not connection.may_hear(now) or not _reaches(connection, parcel.name, audience):
            continue
        if connection.posted_ack and person.user_id in parcel.acks:
            yield connection, f"{parcel.head}{extra or ''}{ACK_MEMBER}{parcel.tail}"
        else:
            yield connection, frame


def _candidates(people: People, audience: Audience) -> Iterable[Person]:
    if audience.connection_id:
        connection = people.connections.get(audience.connection_id)
        return [connection.person] if connection and connection.person else []
    if audience.user_id:
        person = people.by_user.get(audience.user_id)
        return [person] if person else []
    if audience.channel_id:
        return people.of_channel(audience.channel_id)
    if audience.team_id:
        return people.of_team(audience.team_id)
    return people.by_user.values()


def _concerns(person: Person, parcel: Parcel) -> bool:
    """The rules that are the same for all connections of a person."""
    audience = parcel.audience
    if (audience.sanitized and person.is_admin) or (audience.sensitive and not person.is_admin):
        return False
    if not _is_meant(person, audience):
        return False
    if audience.connection_id:
        return True
    if audience.user_id:
        return person.user_id == audience.user_id
    if person.user_id in audience.omit_users:
        return False
    if audience.channel_id:
        return audience.channel_id in person.channel_ids
    if audience.team_id:
        return audience.team_id in person.team_ids
    return not person.is_guest or parcel.guests_see is None or person.user_id in parcel.guests_see


def _is_meant(person: Person, audience: Audience) -> bool:
    """The narrowing that clients are not shown."""
    if audience.only_users and person.user_id not in audience.only_users:
        return False
    if person.user_id in audience.except_users:
        return False
    if audience.readers_of and not _reads(person, audience.readers_of):
        return False
    return audience.non_readers_of is None or not _reads(person, audience.non_readers_of)


def _reads(person: Person, readers: Readers) -> bool:
    if person.is_admin or readers.channel_id in person.channel_ids:
        return True
    return bool(readers.team_id) and not person.is_guest and readers.team_id in person.team_ids


def _reaches(connection: Connection, name: str, audience: Audience) -> bool:
    """The rules that look at a single connection."""
    if audience.connection_id:
        return connection.id == audience.connection_id
    if audience.omit_connection_id == connection.id:
        return False
    if name in SHOWN_ONLY and audience.channel_id and not audience.user_id:
        return connection.presence.may_show(audience.channel_id)
    return True
