"""The threads that run synchronous code for the event loop."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

# Four: sixteen threads are 30 % slower on two cores, and each holds a database connection.
POOL = ThreadPoolExecutor(max_workers=4, thread_name_prefix="bridge")
