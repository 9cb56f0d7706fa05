"""What is told to clients, and to whom (websocket.md §7 and §8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Readers:
    """The people who can read a channel: its members, for a public one the members of its team, system admins.

    ``team_id`` is set for a public channel only; guests read no public channel that they have not joined.
    """

    channel_id: str
    team_id: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who receives an event. Nothing set: everybody.

    The first block is what clients are shown as ``broadcast``, and they read it as data:
    fill it exactly as the table of websocket.md §9 says. With ``user_id``, the channel
    and the team only inform. ``sanitized`` copies skip those who hold ``manage_system``,
    ``sensitive`` ones reach nobody else. ``omit_connection_id`` is ``actor.connection_id``.

    The second block narrows the audience further and is not shown: parts of an audience
    may get different texts (previews that not everybody may read, burn-on-read posts).
    """

    user_id: str = ""
    channel_id: str = ""
    team_id: str = ""
    connection_id: str = ""
    omit_users: tuple[str, ...] = ()
    omit_connection_id: str = ""
    sanitized: bool = False
    sensitive: bool = False

    only_users: tuple[str, ...] = ()
    except_users: tuple[str, ...] = ()
    readers_of: Readers | None = None
    non_readers_of: Readers | None = None

    def broadcast(self) -> dict[str, Any]:
        """The object that clients are shown."""
        shown: dict[str, Any] = {
            "omit_users": dict.fromkeys(self.omit_users, True) or None,
            "user_id": self.user_id,
            "channel_id": self.channel_id,
            "team_id": self.team_id,
            "connection_id": self.connection_id,
            "omit_connection_id": self.omit_connection_id,
        }
        if self.sanitized:
            shown["contains_sanitized_data"] = True
        if self.sensitive:
            shown["contains_sensitive_data"] = True
        return shown


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``data`` is what orjson can write.

    ``extras`` are further keys of ``data`` for single recipients, by user id: ``mentions``
    and ``followers`` of ``posted``; ``should_ack`` among them reaches only connections
    that were opened with ``posted_ack=true``. ``guests_see`` names the guests that may
    hear of it, None leaves guests unrestricted (``new_user``, ``user_updated``).
    """

    name: str
    data: dict[str, Any]
    audience: Audience
    extras: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    guests_see: frozenset[str] | None = None
