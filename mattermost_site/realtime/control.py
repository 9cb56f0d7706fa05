"""Orders to every process, sent in order with the events of the same transaction.

The order of calls decides what a socket hears: ``member_joined`` before the events that
the new member must get; ``member_left`` after the last one that the leaver may still get.
"""

from __future__ import annotations

from collections.abc import Iterable

from mattermost_site.realtime import stream
from mattermost_site.realtime.wire import Control

JOINED, LEFT = "joined", "left"
INVALIDATE = "invalidate"
CONFIG = "config"
USER = "user"
SESSIONS = "sessions"
RESET = "reset"
LEAVING, STAYING = "leaving", "staying"
CLAIM = "claim"


def member_joined(*, user_id: str, channel_id: str = "", team_id: str = "") -> None:
    """From here on the user hears a channel, a team, or both."""
    stream.send(Control(JOINED, {"user": user_id, "channel": channel_id, "team": team_id}))


def member_left(*, user_id: str, channel_id: str = "", team_id: str = "") -> None:
    """From here on the user no longer hears a channel, a team, or both; leaving a team does not leave its channels."""
    stream.send(Control(LEFT, {"user": user_id, "channel": channel_id, "team": team_id}))


def user_changed(*, user_id: str, is_admin: bool, is_guest: bool) -> None:
    """The user's roles changed; ``is_admin``: whether one of them holds ``manage_system``."""
    stream.send(Control(USER, {"user": user_id, "admin": is_admin, "guest": is_guest}))


def session_revoked(*, user_id: str, session_ids: Iterable[str] = ()) -> None:
    """Sockets of these sessions, of all the user's when none is named, hear nothing more and may ask nothing."""
    stream.send(Control(SESSIONS, {"user": user_id, "sessions": list(session_ids)}))


def invalidate(cache: str, keys: Iterable[object]) -> None:
    """Drop values from a cache of ``mattermost_site.caches`` in every process; use ``Cache.invalidate``."""
    stream.send(Control(INVALIDATE, {"cache": cache, "keys": list(keys)}))


def config_changed() -> None:
    """Have every process read the configuration again."""
    stream.send(Control(CONFIG, {}))


def reset_sockets() -> None:
    """Close every socket without a state to resume from: its client loads everything anew."""
    stream.send(Control(RESET, {}))
