"""The socket, ``/api/v4/websocket`` (websocket.md)."""

from __future__ import annotations

from mattermost_site import realtime
from messaging.consumers.backend import SocketBackend
from messaging.consumers.socket import SocketConsumer

__all__ = ["SocketConsumer"]

realtime.use(SocketBackend())
