"""Whom this process has connections of, and where they are members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mattermost_site.realtime.backend import Memberships
from mattermost_site.realtime.connection import Connection

NO_PEOPLE: frozenset[Person] = frozenset()


@dataclass(slots=True, eq=False)
class Person:
    """A user with connections here. ``heard_from`` is the place in the log from which on entries are still due."""

    user_id: str
    is_admin: bool = False
    is_guest: bool = False
    connections: list[Connection] = field(default_factory=list)
    channel_ids: set[str] = field(default_factory=set)
    team_ids: set[str] = field(default_factory=set)
    heard_from: int | None = None

    @property
    def is_loading(self) -> bool:
        """Whether the memberships are still being read."""
        return self.heard_from is not None

    @property
    def is_present(self) -> bool:
        """Whether a socket is open."""
        return any(connection.active for connection in self.connections)


class People:
    """Three indexes: by user, by channel, by team. Joining and leaving twice is harmless."""

    def __init__(self) -> None:
        self.by_user: dict[str, Person] = {}
        self.by_channel: dict[str, set[Person]] = {}
        self.by_team: dict[str, set[Person]] = {}
        self.connections: dict[str, Connection] = {}

    def add(self, connection: Connection) -> tuple[Person, bool]:
        """Enter a connection; answers its person and whether that one is new, so that memberships must be loaded."""
        identity = connection.identity
        person = self.by_user.get(identity.user_id)
        is_new = person is None
        if person is None:
            person = self.by_user[identity.user_id] = Person(identity.user_id)
        person.is_admin, person.is_guest = identity.is_admin, identity.is_guest
        person.connections.append(connection)
        connection.person = person
        self.connections[connection.id] = connection
        return person, is_new

    def remove(self, connection: Connection) -> Person | None:
        """Take a connection out, with its person if that was the last; None when it was out already."""
        if self.connections.get(connection.id) is not connection:
            return None
        del self.connections[connection.id]
        person = connection.person
        if person is None:
            return None
        person.connections.remove(connection)
        if not person.connections:
            self._forget(person)
        return person

    def rename(self, connection: Connection, old_id: str) -> None:
        """A connection has a new id."""
        del self.connections[old_id]
        self.connections[connection.id] = connection

    def _forget(self, person: Person) -> None:
        del self.by_user[person.user_id]
        for channel_id in list(person.channel_ids):
            self.leave(person, channel_id=channel_id)
        for team_id in list(person.team_ids):
            self.leave(person, team_id=team_id)

    def settle(self, person: Person, memberships: Memberships) -> None:
        """Enter what was read of a person."""
        for channel_id in memberships.channel_ids:
            self.join(person, channel_id=channel_id)
        for team_id in memberships.team_ids:
            self.join(person, team_id=team_id)

    def join(self, person: Person, *, channel_id: str = "", team_id: str = "") -> None:
        """From now on the person hears the channel, the team."""
        if channel_id:
            person.channel_ids.add(channel_id)
            self.by_channel.setdefault(channel_id, set()).add(person)
        if team_id:
            person.team_ids.add(team_id)
            self.by_team.setdefault(team_id, set()).add(person)

    def leave(self, person: Person, *, channel_id: str = "", team_id: str = "") -> None:
        """From now on not any more."""
        if channel_id:
            person.channel_ids.discard(channel_id)
            _take_out(self.by_channel, channel_id, person)
        if team_id:
            person.team_ids.discard(team_id)
            _take_out(self.by_team, team_id, person)

    def of_channel(self, channel_id: str) -> Iterable[Person]:
        """Members of a channel who are connected here."""
        return self.by_channel.get(channel_id, NO_PEOPLE)

    def of_team(self, team_id: str) -> Iterable[Person]:
        """Members of a team who are connected here."""
        return self.by_team.get(team_id, NO_PEOPLE)


def _take_out(index: dict[str, set[Person]], key: str, person: Person) -> None:
    people = index.get(key)
    if people is not None:
        people.discard(person)
        if not people:
            del index[key]
