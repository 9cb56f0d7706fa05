"""One socket: opening, authentication, requests and their replies. Events are the hub's business."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import orjson
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from mattermost_site import clock, realtime
from mattermost_site.api.errors import error_object
from mattermost_site.errors import AppError
from mattermost_site.realtime.backend import Identity
from mattermost_site.realtime.connection import Connection, Whole
from mattermost_site.realtime.hub import GOING_AWAY, TRY_LATER, Hub
from mattermost_site.realtime.threads import in_thread
from messaging.consumers import actions
from messaging.consumers.handshake import Handshake, handshake_of
from messaging.consumers.messages import INBOUND_LIMIT, Request, UnreadableMessage, done, read_request, refused

AUTHENTICATION_LIMIT = 5.0  # seconds
NORMAL, UNREADABLE, POLICY, TOO_BIG = 1000, 1007, 1008, 1009  # close codes
CHALLENGE = "authentication_challenge"
PLUGIN_PREFIX = "custom_"

logger = logging.getLogger(__name__)


class SocketConsumer(AsyncWebsocketConsumer):
    """A client's socket. Without a valid token it is open, but hears nothing, for five seconds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub: Hub = realtime.current_hub()
        self.connection: Connection | None = None
        self.handshake: Handshake
        self.is_closed = False
        self._deadline: asyncio.TimerHandle | None = None

    async def dispatch(self, message: Any) -> None:
        """Hand a message to its method, without the trip to a thread that Channels makes before each."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def connect(self) -> None:
        """Authenticate and accept; a page of a foreign origin is refused with 403."""
        self.handshake = handshake_of(self.scope)
        if not self.handshake.has_allowed_origin or self.hub.is_draining:
            await self.shut(POLICY)
            return
        token, is_in_query = self.handshake.token
        identity: Identity | None = await in_thread(self.hub.backend.identify, token) if token else None
        if identity and is_in_query and not identity.is_oauth:
            await self._refuse(AppError("api.context.token_provided.app_error", status=401))
            return
        await self.accept()
        if identity:
            await self._enter(identity, may_resume=True)
        else:
            self._deadline = asyncio.get_running_loop().call_later(AUTHENTICATION_LIMIT, self.close_soon, POLICY)

    async def _enter(self, identity: Identity, *, may_resume: bool = False) -> None:
        """Take part in what the user may hear, going on where the client wants to if it came with a token."""
        if self.hub.is_draining:  # since we asked who this is
            await self.shut(GOING_AWAY)
            return
        posted_ack = self.handshake.posted_ack
        if may_resume and self.handshake.connection_id:
            try:
                wanted = self.handshake.resume_from()
            except ValueError:
                await self.shut(POLICY)
                return
            self.connection = await self.hub.resume(
                identity, self.handshake.connection_id, wanted, self._write, self.close_soon, posted_ack=posted_ack
            )
        if self.connection is None:
            self.connection = self.hub.connect(identity, self._write, self.close_soon, posted_ack=posted_ack)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One request of the client; what cannot be read closes the socket."""
        message = text_data if text_data is not None else bytes_data or b""
        try:
            request = read_request(message)
        except UnreadableMessage:
            await self.shut(TOO_BIG if len(message) > INBOUND_LIMIT else UNREADABLE)
            return
        if self.connection is None:
            await self._challenged(request)
        elif reply := await self._answer(request, self.connection):
            self._reply(reply)

    async def _challenged(self, request: Request) -> None:
        """Before authentication only the challenge counts; nothing else is answered (recorded)."""
        if request.seq <= 0 or request.action != CHALLENGE:
            return
        token = request.data.get("token")
        identity = await in_thread(self.hub.backend.identify, token) if token and isinstance(token, str) else None
        if identity is None:
            await self.shut(POLICY)
            return
        if self._deadline:
            self._deadline.cancel()
        await self._enter(identity)
        self._reply(done(request.seq))

    async def _answer(self, request: Request, connection: Connection) -> Whole | None:
        """The reply to a request; None when there is none."""
        try:
            if not request.action:
                raise AppError("api.web_socket_router.no_action.app_error")
            if request.seq <= 0:
                raise AppError("api.web_socket_router.bad_seq.app_error")
            if request.action == CHALLENGE or request.action.startswith(PLUGIN_PREFIX):
                return None
            return done(request.seq, await self._act(request, connection))
        except AppError as error:
            return refused(request.seq, error, connection.identity.locale)
        except Exception:
            logger.exception("action %s failed", request.action)
            return refused(request.seq, AppError("api.unexpected.app_error", status=500), connection.identity.locale)

    async def _act(self, request: Request, connection: Connection) -> dict[str, Any] | None:
        name, data = request.action, request.data
        if name == "presence":  # answered even when the session is over (recorded)
            actions.announce_presence(connection.presence, data)
            return None
        if not await self._is_signed_in(connection):
            raise actions.NotAuthenticated
        if name == "ping":
            return actions.ping()
        connection.last_activity_at = clock.now()
        if name == "posted_notify_ack":
            return None
        if name not in actions.ACTIONS:
            raise AppError("api.web_socket_router.bad_action.app_error", status=500)
        return await in_thread(actions.run, connection.identity.credential, name, data)

    async def _is_signed_in(self, connection: Connection) -> bool:
        """Whether the session lives. While the hub is asking that, so does this: its answer may come too late."""
        if not connection.may_hear(clock.now()):
            return False
        credential = connection.identity.credential
        return not connection.holds or await in_thread(self.hub.backend.identify_again, credential) is not None

    def _reply(self, frame: Whole) -> None:
        if self.connection and not self.connection.push(frame):
            self.hub.drop(self.connection, TRY_LATER)

    async def _write(self, frame: str) -> None:
        await self._say({"type": "websocket.send", "text": frame})

    async def _say(self, message: Any) -> None:
        await self.base_send(message)

    @property
    def _answers_http(self) -> bool:
        return "websocket.http.response" in (self.scope.get("extensions") or {})

    async def _refuse(self, error: AppError) -> None:
        """Answer the opening request with an HTTP error, where the server can."""
        if not self._answers_http:
            await self.shut(POLICY)
            return
        self.is_closed = True
        headers = [(b"content-type", b"application/json")]
        await self._say({"type": "websocket.http.response.start", "status": error.status, "headers": headers})
        body = orjson.dumps(error_object(error))
        await self._say({"type": "websocket.http.response.body", "body": body})

    def close_soon(self, code: int = GOING_AWAY) -> None:
        """Close from outside the socket's own task; for the hub."""
        self.hub.background(self.shut(code))

    async def shut(self, code: int) -> None:
        """Close once, whoever asks first; before the socket is accepted that refuses it."""
        if self.is_closed:
            return
        self.is_closed = True
        try:
            # daphne, which cannot answer with HTTP either, refuses to send the protocol's own codes.
            await self.close(code if self._answers_http else NORMAL)
        except (OSError, RuntimeError) as error:
            logger.debug("a socket went before it could be closed: %s", error)

    async def websocket_disconnect(self, message: Any) -> None:
        """The socket is gone."""
        self.is_closed = True
        if self._deadline:
            self._deadline.cancel()
        if self.connection:
            self.hub.disconnected(self.connection, self.close_soon)
        raise StopConsumer
