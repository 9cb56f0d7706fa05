"""Letting sockets write between entries.

After a pause of the process hundreds of entries are there at once. Taken in without a
break they would fill the outboxes, and quick clients would be closed for being slow.
"""

from __future__ import annotations

import asyncio

ENTRIES = 32  # that are taken in at a stretch, at most
FRAMES = 2000  # that are queued at a stretch, about


class Pace:
    """Counts what was taken in since the sockets could last write."""

    def __init__(self) -> None:
        self._entries = self._frames = 0

    async def after(self, frames: int) -> None:
        """One entry was taken in, and so many frames queued for it."""
        self._entries += 1
        self._frames += frames
        if self._entries >= ENTRIES or self._frames >= FRAMES:
            self._entries = self._frames = 0
            await asyncio.sleep(0)
