"""The hub: one a process, in its event loop. It knows the connections here and delivers to them.

Entries arrive in the order of the stream. A person whose memberships are still being read
gets nothing meanwhile; what comes in is logged, and played to that person afterwards.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Coroutine, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from mattermost_site import clock, metrics
from mattermost_site.ids import new_id
from mattermost_site.realtime import routing
from mattermost_site.realtime.backend import Backend, Identity
from mattermost_site.realtime.connection import Close, Connection, Send
from mattermost_site.realtime.departures import Departures
from mattermost_site.realtime.events import Audience, Event
from mattermost_site.realtime.logins import Logins
from mattermost_site.realtime.orders import PERSONAL, Orders
from mattermost_site.realtime.people import People, Person
from mattermost_site.realtime.threads import in_thread
from mattermost_site.realtime.wire import Control, Entry, Parcel, parcel_of

if TYPE_CHECKING:
    from mattermost_site.realtime.handover import Handover

GOING_AWAY, FAILED, TRY_LATER = 1001, 1011, 1013  # close codes

logger = logging.getLogger(__name__)


class Hub:
    """Connections of this process and what they hear. Everything here runs in the event loop."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.people = People()
        self.departures = Departures(self)
        self.logins = Logins(self)
        self.id = new_id()
        self.handover: Handover | None = None
        self.is_draining = False
        self._log: list[Entry] = []
        self._log_start = 0
        self._loading = 0
        self.tasks: set[asyncio.Task[None]] = set()
        self.orders = Orders(self)

    # Sockets

    def connect(self, identity: Identity, send: Send, close: Close, *, posted_ack: bool = False) -> Connection:
        """A new connection, greeted with ``hello``; ``close(code)`` must close its socket."""
        connection = Connection(identity, posted_ack=posted_ack)
        if identity.may_take_part:
            connection.push(self._hello(connection))
        self.enter(connection)
        self._start(connection, send, close)
        return connection

    async def resume(
        self, identity: Identity, connection_id: str, wanted: int, send: Send, close: Close, *, posted_ack: bool = False
    ) -> Connection | None:
        """Go on with a connection that lost its socket, from event ``wanted`` on; None when there is no such one.

        The rules are those of websocket.md §4.
        """
        connection = self.people.connections.get(connection_id)
        if connection is None and self.handover:
            connection = await self.handover.claim(identity, connection_id, wanted)
        if connection is None or connection.active or connection.identity.user_id != identity.user_id:
            return None
        self.logins.change(connection, identity)
        connection.renew(posted_ack=posted_ack)
        if not connection.resume_at(wanted):
            connection.start_over()
            self.people.rename(connection, connection_id)
            connection.outbox.appendleft(self._hello(connection))
        self._start(connection, send, close)
        return connection

    def enter(self, connection: Connection) -> None:
        """Have a connection hear what its user may hear, from this place of the stream on."""
        self.logins.add(connection)
        person, is_new = self.people.add(connection)
        if is_new:
            person.heard_from = self._log_start + len(self._log)
            self._loading += 1
            self.background(self._load(person))

    def _start(self, connection: Connection, send: Send, close: Close) -> None:
        connection.open(send, close)
        if self.handover:
            self.handover.ended(connection)
        user_id = connection.identity.user_id
        self.departures.came_back(user_id)
        self.background(in_thread(self.backend.came_online, user_id))

    def disconnected(self, connection: Connection, close: Close) -> None:
        """The socket that ``close`` closes is gone; the connection waits for its client to come back."""
        if connection.uses(close):
            connection.lose_socket()
            self._waits(connection)

    def close(self, connection: Connection, code: int) -> None:
        """Close a socket; the connection waits for its client to come back."""
        if connection.active:
            connection.close(code)
            self._waits(connection)

    def _waits(self, connection: Connection) -> None:
        self._left(connection.person)
        if self.handover:
            self.handover.waits(connection)

    def forget(self, connection: Connection) -> None:
        """A connection without a socket is no longer this process's business."""
        self.people.remove(connection)
        self.logins.remove(connection)

    def drop(self, connection: Connection, code: int) -> None:
        """End a connection for good."""
        person = self.people.remove(connection)
        self.logins.remove(connection)
        if self.handover and not connection.active:
            self.handover.ended(connection)
        connection.close(code)
        if person:
            self._left(person)

    def drop_all(self, code: int) -> None:
        """End all connections for good: their clients load everything anew."""
        for connection in list(self.people.connections.values()):
            self.drop(connection, code)

    async def drain(self) -> None:
        """Close all sockets, because the process ends, and see to it that their users are offline."""
        self.is_draining = True
        connections = list(self.people.connections.values())
        for connection in connections:
            connection.hold()  # what is stored must not be written any more
        if self.handover:
            await self.handover.leave_behind(connections)
        for connection in connections:
            self.drop(connection, GOING_AWAY)
        await self.departures.flush()

    def _left(self, person: Person | None) -> None:
        if person and not person.is_present:
            self.departures.left(person.user_id)

    def _hello(self, connection: Connection) -> str:
        identity = connection.identity
        data = {
            "server_version": identity.server_version,
            "connection_id": connection.id,
            "server_hostname": socket.gethostname(),
        }
        parcel = parcel_of(Event("hello", data, Audience(user_id=identity.user_id)))
        return parcel.head + parcel.tail

    # The stream

    def receive(self, entries: Iterable[Entry]) -> int:
        """Take entries in; answers how many frames were queued."""
        return sum(self._take(entry) for entry in entries)

    def wants(self, target: Sequence[str]) -> bool:
        """Whether an event for (connection, user, channel, team) can concern anybody here."""
        if self._loading:
            return True
        connection_id, user_id, channel_id, team_id = target
        people = self.people
        if connection_id:
            return connection_id in people.connections
        if user_id:
            return user_id in people.by_user
        if channel_id:
            return channel_id in people.by_channel
        return team_id in people.by_team if team_id else bool(people.by_user)

    def _take(self, entry: Entry) -> int:
        if self._loading:
            self._log.append(entry)
        if isinstance(entry, Control):
            self.orders.obey(entry)
            return 0
        return self._push(entry, routing.recipients(self.people, entry, clock.now()))

    def _push(self, parcel: Parcel, recipients: Iterable[tuple[Connection, str]]) -> int:
        count, full = 0, []
        for connection, frame in recipients:
            count += 1
            if not connection.push(frame, parcel.name):
                full.append(connection)
        for connection in full:
            logger.info("connection %s is too slow and is closed", connection.id)
            self.drop(connection, TRY_LATER)
        metrics.note_event(parcel.name, count)
        return count

    async def _load(self, person: Person) -> None:
        try:
            memberships = await in_thread(self.backend.memberships, person.user_id)
        except Exception:
            logger.exception("memberships of %s cannot be read", person.user_id)
            for connection in list(person.connections):
                self.drop(connection, FAILED)
            return
        finally:
            self._loading -= 1
            due = self._log[(person.heard_from or 0) - self._log_start :]
            if not self._loading:
                self._log_start += len(self._log)
                self._log.clear()
        if self.people.by_user.get(person.user_id) is not person:
            return
        self.people.settle(person, memberships)
        person.heard_from = None
        for entry in due:
            self._replay(person, entry)

    def _replay(self, person: Person, entry: Entry) -> None:
        if isinstance(entry, Parcel):
            self._push(entry, routing.for_person(person, entry, clock.now()))
        elif entry.kind in PERSONAL and entry.data["user"] == person.user_id:
            self.orders.obey(entry)

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside; what it raises is logged."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.error("work beside the sockets failed", exc_info=error)
