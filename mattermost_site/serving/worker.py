"""One worker: uvicorn with HTTP and sockets, and the metrics beside them."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import threading

import uvicorn

from mattermost_site import config, jobs, realtime
from mattermost_site.serving import exposition, memory
from mattermost_site.serving.http import HttpProtocol

PING_INTERVAL = 60.0  # seconds; websocket.md §5
PONG_TIMEOUT = 40.0
INBOUND_LIMIT = 8192  # bytes of one message from a client
DRAIN_LIMIT = 25  # seconds for requests under way when the worker is told to end

logger = logging.getLogger(__name__)


class _Server(uvicorn.Server):
    """uvicorn that says good-bye to sockets with 1001 before it closes."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        memory.settle()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await realtime.drain()
        await super().shutdown(sockets)

    def end(self, *_: object) -> None:
        """Handle a signal before uvicorn does, and after: it raises each one again at its end, which would be ours."""
        self.should_exit = True


def reload_configuration() -> None:
    """Read the configuration again; a wrong one is logged and the old one stays in force."""
    try:
        config.reload()
    except config.ConfigError as error:
        logger.error("the configuration stays as it was: %s", error)


def serve(number: int, *, listening: socket.socket, metrics: socket.socket | None) -> None:
    """Serve until SIGTERM. Worker 0 drains the outbox too, unless ``JobSettings.RunJobs`` leaves that to Celery."""
    settings = uvicorn.Config(
        "mattermost_site.asgi:application",
        loop="uvloop",
        http=HttpProtocol,
        ws="websockets-sansio",
        ws_max_size=INBOUND_LIMIT,
        ws_ping_interval=PING_INTERVAL,
        ws_ping_timeout=PONG_TIMEOUT,
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_LIMIT,
        timeout_keep_alive=max(config.current().service.idle_timeout, 5),
    )
    server = _Server(settings)
    signal.signal(signal.SIGTERM, server.end)
    signal.signal(signal.SIGINT, server.end)
    signal.signal(signal.SIGHUP, lambda *_: threading.Thread(target=reload_configuration, daemon=True).start())
    reload_configuration()  # the parent, whose memory this worker began with, may have read it long ago
    if metrics:
        exposition.serve(metrics)
    if number == 0 and (jobs.is_embedded() or config.current().job.run_jobs):
        jobs.start_thread()
    asyncio.Runner(loop_factory=settings.get_loop_factory()).run(server.serve(sockets=[listening]))
    jobs.stop_thread()
