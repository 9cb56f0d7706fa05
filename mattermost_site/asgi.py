"""The application: HTTP over the bridge, sockets through Channels, start and stop of realtime.

The bridge runs Django's synchronous handler in a fixed pool of threads. Django's own
ASGI handler starts a thread for each request: 2.7 ms an empty view against 0.5 ms.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import IO, Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mattermost_site.settings")

import django

django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core import signals
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import re_path, set_script_prefix

from mattermost_site import config, metrics, realtime
from mattermost_site.api import json_response
from mattermost_site.api.errors import error_object
from mattermost_site.config.site import site_path
from mattermost_site.errors import AppError, BodyTooLarge
from mattermost_site.ids import new_id
from mattermost_site.threads import POOL

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

MEMORY_LIMIT = 1024 * 1024  # bytes of a body that stay in memory; the rest goes to a temporary file
BODY_MARGIN = 1024 * 1024  # bytes that multipart encoding may add to the largest file
CHUNK = 64 * 1024  # bytes of a file at a time; Django's 4 kB would mean a trip to a thread for each
BODILESS = (204, 304)


class _Disconnected(Exception):
    """The client went away before its request was complete."""


class _TooLarge(Exception):
    """The client sends more than any endpoint reads."""


class Bridge(BaseHandler):
    """Serves HTTP requests with Django's synchronous handler in ``POOL``."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(config.current().service.read_timeout or None):
                body = await _read(scope, receive)
        except _Disconnected:
            return
        except TimeoutError:
            response = _refusal(AppError("api.payload.parse.error", status=408))
            response["Connection"] = "close"
            await _send_whole(response, send)
            return
        except _TooLarge:
            await _send_whole(_refusal(BodyTooLarge()), send)
            return
        with body:
            answer = await loop.run_in_executor(POOL, self._respond, _placed(scope), body, perf_counter())
            try:
                if answer.streaming and scope["method"] != "HEAD":
                    await _send_stream(answer, receive, send)
                else:
                    await _send_whole(answer, send)
            finally:
                await loop.run_in_executor(POOL, answer.close)

    def _respond(self, scope: Scope, body: IO[bytes], started: float) -> HttpResponseBase:
        set_script_prefix(scope["root_path"] + "/")  # of this thread: asgiref keeps it apart from others'
        signals.request_started.send(sender=self.__class__, scope=scope)
        try:
            request = ASGIRequest(scope, body)
        except UnicodeDecodeError:
            return _refusal(AppError("api.payload.parse.error"))
        response = self.get_response(request)
        response._handler_class = self.__class__  # type: ignore[attr-defined]
        metrics.note_request(request, response.status_code, started)
        return response


def _placed(scope: Scope) -> Scope:
    """The scope of a site below a path, also when a proxy took the path away: links must have it."""
    prefix, path = site_path(), scope["path"]
    if path == prefix:
        path += "/"
    elif not path.startswith(prefix + "/"):
        path = prefix + path
    return {**scope, "path": path, "root_path": prefix}


async def _read(scope: Scope, receive: Receive) -> IO[bytes]:
    """The body, open and at its beginning; what is announced as too large is not even asked for."""
    limit = config.current().file.max_file_size + BODY_MARGIN
    if _announced(scope) > limit:
        raise _TooLarge
    body, size = tempfile.SpooledTemporaryFile(max_size=MEMORY_LIMIT), 0  # noqa: SIM115 - the caller closes it
    try:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Disconnected
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > limit:
                raise _TooLarge
            body.write(chunk)
            if not message.get("more_body", False):
                body.seek(0)
                return cast("IO[bytes]", body)
    except BaseException:
        body.close()
        raise


def _announced(scope: Scope) -> int:
    """``Content-Length``, 0 without one; a client that waits with "Expect: 100-continue" is spared the upload."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def _start(response: HttpResponseBase, *, length: int | None = None) -> dict[str, Any]:
    headers = [(name.lower().encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers += [(b"set-cookie", cookie.OutputString().encode("latin1")) for cookie in response.cookies.values()]
    if length is not None and not response.has_header("Content-Length"):
        headers.append((b"content-length", str(length).encode()))
    return {"type": "http.response.start", "status": response.status_code, "headers": headers}


async def _send_whole(response: HttpResponseBase, send: Send) -> None:
    """Send a response that is in memory; of one that is not, which HEAD asked about, only the head."""
    content = b"" if response.streaming else response.content  # type: ignore[attr-defined]
    has_length = not response.streaming and response.status_code not in BODILESS
    await send(_start(response, length=len(content) if has_length else None))
    await send({"type": "http.response.body", "body": content})


async def _send_stream(response: Any, receive: Receive, send: Send) -> None:
    """Send chunk by chunk, at the pace of the client and no longer than there is one. A thread is held for each chunk
    only, so that slow clients do not take them from the others.
    """
    if isinstance(response, FileResponse):
        response.block_size = CHUNK
    loop = asyncio.get_running_loop()
    gone = loop.create_task(_wait_for_end(receive))
    try:
        await send(_start(response))
        chunks = iter(response)
        while not gone.done() and (chunk := await loop.run_in_executor(POOL, next, chunks, None)) is not None:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()


async def _wait_for_end(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


def _refusal(error: AppError) -> HttpResponse:
    """The error object for what never becomes a request."""
    return json_response(error_object(error, request_id=new_id()), error.status)


def _socket_routes() -> Any:
    from messaging.consumers import SocketConsumer

    socket: Any = SocketConsumer.as_asgi()
    routes: list[Any] = [re_path(r"^(?:.*/)?api/v4/websocket/?$", socket)]
    return URLRouter(routes)


class Application:
    """Everything that a worker serves.

    Realtime starts with the first scope, because not every server has a lifespan.
    """

    def __init__(self) -> None:
        self.router: Any = ProtocolTypeRouter({"http": Bridge(), "websocket": _socket_routes()})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await realtime.start()
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "websocket":
            with metrics.open_socket():
                await self.router(scope, receive, send)
        else:
            await self.router(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            else:
                await realtime.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


application = Application()
