"""How fast the hub alone delivers: routing, splicing and writing, without network.

    python -m bench.fanout_hub [sockets] [events]

Prints deliveries a second of one process, for a post with and without mentions. What is
left of a delivery over a real socket is the server's and the kernel's part.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time

import django

from tests.environment import prepare

POST = '{"id":"' + "p" * 26 + '","message":"' + "what a day " * 20 + '","props":{},"metadata":{}}'


async def measure(sockets: int, events: int, mentioned: int) -> float:
    """Deliveries a second to ``sockets`` people of one channel, ``mentioned`` of whom are mentioned."""
    from mattermost_site.realtime.events import Audience, Event
    from mattermost_site.realtime.hub import Hub
    from mattermost_site.realtime.pace import Pace
    from mattermost_site.realtime.wire import parcel_of
    from tests.realtime.hubs import People, identity, settle

    names = [f"user{number:022}" for number in range(sockets)]
    hub, written = Hub(People({"talk": names})), 0

    async def send(text: str) -> None:
        nonlocal written
        written += len(text.encode()) > 0

    for name in names:
        hub.connect(identity(name), send, lambda code: None)
    await settle(hub)
    extras = {name: {"mentions": f'["{name}"]'} for name in names[:mentioned]}
    event = Event("posted", {"post": POST, "channel_name": "talk"}, Audience(channel_id="talk"), extras=extras)
    entries = [parcel_of(event) for _ in range(events)]
    written, start, pace = 0, time.perf_counter(), Pace()
    for entry in entries:
        await pace.after(hub.receive([entry]))
    while written < events * sockets:
        await asyncio.sleep(0)
    return written / (time.perf_counter() - start)


def main() -> None:
    """Measure and print."""
    prepare()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mattermost_site.settings")
    django.setup(set_prefix=False)
    sockets, events = (int(value) for value in [*sys.argv[1:], "200", "1000"][:2])
    for mentioned in (0, sockets // 4):
        rate = asyncio.run(measure(sockets, events, mentioned))
        sys.stdout.write(f"{sockets} sockets, {mentioned} mentioned: {rate:,.0f} deliveries/s\n")


if __name__ == "__main__":
    main()
