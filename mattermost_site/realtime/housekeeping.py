"""What has to be looked at from time to time."""

from __future__ import annotations

import asyncio
import logging

from mattermost_site import clock
from mattermost_site.realtime.hub import FAILED, Hub
from mattermost_site.realtime.threads import in_thread

TICK = 10.0  # seconds
WRITE_LIMIT = 30.0  # seconds that one frame may take
EACH_MINUTE = 6  # ticks
EACH_FIVE_MINUTES = 30
KEPT = 5 * clock.MINUTE  # that a connection without a socket and without activity waits for its client
SOON = 2 * clock.MINUTE

logger = logging.getLogger(__name__)


async def keep_house(hub: Hub) -> None:
    """Look after the hub's connections until cancelled."""
    ticks = 0
    while True:
        await asyncio.sleep(TICK)
        ticks += 1
        try:
            close_stuck(hub)
            if ticks % EACH_MINUTE == 0:
                check_sessions(hub)
                await look_for_idle(hub)
            if ticks % EACH_FIVE_MINUTES == 0:
                reap(hub)
        except Exception:
            logger.exception("connections could not be looked after")


def close_stuck(hub: Hub) -> None:
    """Close sockets that have not taken a frame for too long; their state stays, should the client come back."""
    now = asyncio.get_running_loop().time()
    for connection in list(hub.people.connections.values()):
        if connection.writing_since and now - connection.writing_since > WRITE_LIMIT:
            hub.close(connection, FAILED)


def check_sessions(hub: Hub) -> None:
    """Ask again about sessions that end soon: activity elsewhere may have extended them."""
    soon = clock.now() + SOON
    hub.logins.check(
        {
            connection.identity.credential
            for connection in hub.people.connections.values()
            if connection.is_valid and 0 < connection.identity.expires_at < soon
        }
    )


async def look_for_idle(hub: Hub) -> None:
    """Turn people away who have sockets here but did nothing for long (``UserStatusAwayTimeout``)."""
    present = [person.user_id for person in hub.people.by_user.values() if person.is_present]
    if present:
        await in_thread(hub.backend.look_for_idle, present)


def reap(hub: Hub) -> None:
    """Forget connections whose clients did not come back."""
    since = clock.now() - KEPT
    for connection in list(hub.people.connections.values()):
        if not connection.active and connection.last_activity_at < since:
            hub.drop(connection, FAILED)
