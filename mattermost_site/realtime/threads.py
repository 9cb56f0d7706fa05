"""From the event loop to synchronous code and the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from django.db import close_old_connections

from mattermost_site.threads import POOL

T = TypeVar("T")


async def in_thread(function: Callable[..., T], *args: object) -> T:
    """``function(*args)`` in one of the threads that also serve HTTP; its database connection is fresh or sound."""

    def call() -> T:
        close_old_connections()
        return function(*args)

    return await asyncio.get_running_loop().run_in_executor(POOL, call)
