"""The actions that clients can ask for on a socket (websocket.md §6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts import sessions
from accounts.actions import status
from accounts.permissions import Permission
from accounts.queries import statuses_of, visible_statuses
from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError, PermissionDenied
from mattermost_site.ids import is_id
from mattermost_site.realtime.connection import Presence
from mattermost_site.version import VERSION
from messaging.actions.typing import announce_typing
from messaging.permissions import access_channel

Data = dict[str, Any]


class InvalidParam(AppError):
    """A value in a request's data is missing or not usable."""

    id = "api.websocket_handler.invalid_param.app_error"

    def __init__(self, name: str) -> None:
        super().__init__(params={"Name": name})


class NotAuthenticated(AppError):
    """The session is over, or a second factor is still to be set up."""

    id = "api.web_socket_router.not_authenticated.app_error"
    status = 401


def ping() -> Data:
    """The reply to ``ping``; ``server_time`` in ms."""
    return {"text": "pong", "version": VERSION, "server_time": clock.now(), "node_id": ""}


def announce_presence(presence: Presence, data: Data) -> None:
    """Remember what a connection shows. Nothing is checked, so it can only hide what its own user would see."""
    if isinstance(channel_id := data.get("channel_id"), str):
        presence.channel_id = channel_id
    if isinstance(team_id := data.get("team_id"), str):
        presence.team_id = team_id
    if isinstance(thread_channel_id := data.get("thread_channel_id"), str):
        if data.get("is_thread_view") is True:
            presence.threads_view_channel_id = thread_channel_id
        else:
            presence.thread_channel_id = thread_channel_id


def run(credential: str, name: str, data: Data) -> Data | None:
    """Carry out an action that needs the database, in a thread; answers the reply's data.

    Raises NotAuthenticated when the session is over, and what the action raises.
    """
    session = sessions.live(credential)
    if session is None:
        raise NotAuthenticated
    return ACTIONS[name](session.actor, data)


def _user_typing(actor: Actor, data: Data) -> None:
    channel_id, parent_id = data.get("channel_id"), data.get("parent_id")
    if not is_id(channel_id):
        raise InvalidParam("channel_id")
    try:
        access = access_channel(actor, str(channel_id), Permission.CREATE_POST)
    except PermissionDenied:
        raise InvalidParam("channel_id") from None
    parent = parent_id if isinstance(parent_id, str) else ""
    announce_typing(user_id=actor.user_id, access=access, parent_id=parent)


def _user_update_active_status(actor: Actor, data: Data) -> None:
    is_active, manual = data.get("user_is_active"), data.get("manual")
    if not isinstance(is_active, bool):
        raise InvalidParam("user_is_active")
    status.set_active(user_id=actor.user_id, is_active=is_active, manual=manual is True)


def _get_statuses(actor: Actor, data: Data) -> Data:
    return visible_statuses() if config.current().service.enable_user_statuses else {}


def _get_statuses_by_ids(actor: Actor, data: Data) -> Data:
    user_ids = data.get("user_ids")
    if not isinstance(user_ids, list) or not user_ids or not all(is_id(user_id) for user_id in user_ids):
        raise InvalidParam("user_ids")
    if not config.current().service.enable_user_statuses:
        return {}
    return {row.user_id: row.status for row in statuses_of(user_ids)}


ACTIONS: dict[str, Callable[[Actor, Data], Data | None]] = {
    "user_typing": _user_typing,
    "user_update_active_status": _user_update_active_status,
    "get_statuses": _get_statuses,
    "get_statuses_by_ids": _get_statuses_by_ids,
}
