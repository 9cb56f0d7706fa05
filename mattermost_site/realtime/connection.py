"""One connection of a client, which may outlive its socket (websocket.md §3 to §5)."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mattermost_site import clock, metrics
from mattermost_site.ids import new_id
from mattermost_site.realtime.backend import Identity

if TYPE_CHECKING:
    from mattermost_site.realtime.people import Person

OUTBOX_LIMIT = 256  # frames not yet written
SLOW_FROM = 128  # frames waiting, from which on what is worth little is dropped
RING_SIZE = 128  # written events that can be sent again
DROPPABLE = frozenset({"typing", "status_change", "multiple_channels_viewed"})

logger = logging.getLogger(__name__)

Send = Callable[[str], Awaitable[None]]
Close = Callable[[int], None]


class Whole(str):
    """A frame that is complete as it stands: a reply. Every other one still wants its number."""

    __slots__ = ()


@dataclass(slots=True)
class Presence:
    """What a connection says it is showing; None was never announced, "" is nothing open."""

    channel_id: str | None = None
    team_id: str | None = None
    thread_channel_id: str | None = None
    threads_view_channel_id: str | None = None

    def may_show(self, channel_id: str) -> bool:
        """Whether the channel could be in sight: yes, unless all three places are known to show something else."""
        places = (self.channel_id, self.thread_channel_id, self.threads_view_channel_id)
        return None in places or channel_id in places


@dataclass(slots=True, eq=False)
class Connection:
    """The state that a connection id stands for.

    ``outbox`` holds frames without their number: they get it when they are written, and
    go into ``ring`` then. Without a socket (``active`` false) the outbox keeps collecting.
    ``replay`` is what a client that came back wants again; it goes out first.
    """

    identity: Identity
    id: str = field(default_factory=new_id)
    posted_ack: bool = False
    next_seq: int = 0
    outbox: deque[str] = field(default_factory=deque)
    replay: deque[str] = field(default_factory=deque)
    ring: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=RING_SIZE))
    presence: Presence = field(default_factory=Presence)
    active: bool = False
    is_valid: bool = True
    holds: int = 0
    last_activity_at: int = field(default_factory=clock.now)
    person: Person | None = None
    writing_since: float = 0.0
    _close: Close | None = None
    _writer: asyncio.Task[None] | None = None
    _more: asyncio.Future[None] | None = None

    def may_hear(self, now: int) -> bool:
        """Whether its session is alive at ``now`` (ms) and its user may take part."""
        identity = self.identity
        if not self.is_valid or not identity.may_take_part:
            return False
        return not identity.expires_at or now < identity.expires_at

    def push(self, frame: str, name: str = "") -> bool:
        """Queue a frame; False when the outbox is full: the connection is to be removed."""
        waiting = len(self.outbox)
        if waiting >= SLOW_FROM:
            if name in DROPPABLE:
                metrics.note_dropped(name)
                return True
            if waiting >= OUTBOX_LIMIT:
                return False
        self.outbox.append(frame)
        self._wake()
        return True

    def _wake(self) -> None:
        more = self._more
        if more is not None and not more.done():
            more.set_result(None)

    def open(self, send: Send, close: Close) -> None:
        """Give the connection a socket: what waits is written to it, from now on."""
        self.active = True
        self._close = close
        self._writer = asyncio.get_running_loop().create_task(self._write(send))

    def events_waiting(self) -> list[str]:
        """The frames of events that wait; replies among them have no reader without their socket."""
        return [frame for frame in self.outbox if type(frame) is not Whole]

    def uses(self, close: Close) -> bool:
        """Whether the socket is the one that ``close`` closes: its client may be back already."""
        return self._close is not None and self._close == close

    def lose_socket(self) -> None:
        """The socket is gone. Replies that were not written have no reader any more."""
        self.active = False
        self._close = None
        self.writing_since = 0.0
        self.outbox = deque(self.events_waiting())
        if self._writer:
            self._writer.cancel()
            self._writer = None

    def close(self, code: int) -> None:
        """Have the socket closed with this code, if there is one."""
        close = self._close
        self.lose_socket()
        if close:
            close(code)

    def hold(self) -> None:
        """Write nothing until ``release``: whether the session still lives is being asked."""
        self.holds += 1

    def release(self, identity: Identity | None) -> None:
        """Go on with what the session is now; None when it is over, then nothing that waited is written."""
        self.holds -= 1
        if identity is None:
            self.end_session()
        else:
            self.is_valid = True
            self.identity = identity
        self._wake()

    def end_session(self) -> None:
        """The session is over: what waits is dropped, and nothing comes any more."""
        self.is_valid = False
        self.replay.clear()
        self.outbox = deque(frame for frame in self.outbox if type(frame) is Whole)

    def renew(self, *, posted_ack: bool) -> None:
        """A client came back: what it announced before does not hold any more."""
        self.posted_ack = posted_ack
        self.presence = Presence()
        self.is_valid = True
        self.last_activity_at = clock.now()

    def resume_at(self, wanted: int) -> bool:
        """Go on with event number ``wanted``; False when there is a gap, then nothing has changed.

        The ring's events from that number on will be written again, before what waits. Number 0
        is answered by starting to count anew, without sending anything again (recorded).
        """
        if wanted == 0:
            self.ring.clear()
            self.next_seq = 0
            return True
        if not self.ring:
            self.next_seq = wanted
            return True
        first, last = self.ring[0][0], self.ring[-1][0]
        if wanted == last + 1:
            return True
        if not first <= wanted <= last:
            return False
        again = [self.ring.pop() for _ in range(last - wanted + 1)]
        self.replay.extendleft(frame for _, frame in again)
        self.next_seq = wanted
        return True

    def start_over(self) -> None:
        """A gap: a new id, numbers from 0; what waits comes after the hello that is due."""
        self.id = new_id()
        self.ring.clear()
        self.next_seq = 0

    async def _write(self, send: Send) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                while (queue := self.replay or self.outbox) and not self.holds:
                    frame = queue.popleft()
                    self.writing_since = loop.time()
                    if type(frame) is Whole:
                        await send(str(frame))
                    else:
                        # Remembered before it is written: one that is lost on the way can be sent again.
                        number = self.next_seq
                        self.next_seq = number + 1
                        self.ring.append((number, frame))
                        await send(f"{frame}{number}}}")
                self.writing_since = 0.0
                self._more = loop.create_future()
                await self._more
        except (OSError, RuntimeError) as error:
            # The socket is gone (RuntimeError: the server has closed it). The consumer is told, and deals with it.
            logger.debug("a socket could not be written: %s", error)
