"""Whether the sessions behind connections still live."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mattermost_site.realtime.backend import Identity
from mattermost_site.realtime.connection import Connection
from mattermost_site.realtime.threads import in_thread

if TYPE_CHECKING:
    from mattermost_site.realtime.hub import Hub

CACHE = "sessions"  # the cache whose keys are credentials
FAILED = 1011  # close code

logger = logging.getLogger(__name__)


class Logins:
    """Connections by the credential of their session.

    Whoever ends or changes a session drops it from the cache of sessions in every
    process; that is how this learns that it has to ask again.
    """

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._connections: dict[str, set[Connection]] = {}

    def add(self, connection: Connection) -> None:
        """Watch the session of a connection."""
        self._connections.setdefault(connection.identity.credential, set()).add(connection)

    def remove(self, connection: Connection) -> None:
        """Watch it no more."""
        credential = connection.identity.credential
        connections = self._connections.get(credential)
        if connections is not None:
            connections.discard(connection)
            if not connections:
                del self._connections[credential]

    def change(self, connection: Connection, identity: Identity) -> None:
        """The client of a connection came back with a session, perhaps another one."""
        self.remove(connection)
        connection.identity = identity
        self.add(connection)
        _update_person(connection)

    def invalidated(self, cache: str, keys: Iterable[str]) -> None:
        """Values of a cache changed."""
        if cache == CACHE:
            self.check(keys)

    def check(self, credentials: Iterable[str]) -> None:
        """Ask whether these sessions still live; until that is known, their sockets hear nothing."""
        for credential in credentials:
            connections = [one for one in self._connections.get(credential, ()) if one.is_valid]
            for connection in connections:
                connection.hold()
            if connections:
                self.hub.background(self._ask(credential, connections))

    async def _ask(self, credential: str, connections: list[Connection]) -> None:
        try:
            identity = await in_thread(self.hub.backend.identify_again, credential)
        except Exception:
            logger.exception("a session cannot be read; its sockets are closed")
            for connection in connections:
                self.hub.drop(connection, FAILED)
            return
        for connection in connections:
            if connection.identity.credential != credential:  # resumed meanwhile, with another session
                connection.release(connection.identity)
                continue
            connection.release(identity)
            _update_person(connection)


def _update_person(connection: Connection) -> None:
    """Roles are the user's, so the latest session of any connection tells them best."""
    person, identity = connection.person, connection.identity
    if person:
        person.is_admin, person.is_guest = identity.is_admin, identity.is_guest
