"""What sockets need of the apps. Plumbing imports no app, so the consumer registers this at import.

All of it reads or writes the database, so it is called in threads.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is behind a socket. ``credential`` is the key of the session in the cache "sessions".

    ``expires_at`` in ms, 0 for never. ``is_admin``: holds ``manage_system``.
    ``may_take_part`` is false for who has yet to set up a second factor. ``server_version``
    is what ``hello`` says, equal to the header ``X-Version-Id``.
    """

    user_id: str
    session_id: str
    credential: str
    expires_at: int = 0
    is_admin: bool = False
    is_guest: bool = False
    is_oauth: bool = False
    may_take_part: bool = True
    locale: str = "en"
    server_version: str = ""


@dataclass(frozen=True, slots=True)
class Memberships:
    """Where a user is a member at present; archived channels count, left teams do not."""

    channel_ids: Collection[str]
    team_ids: Collection[str]


class Backend(Protocol):
    """The apps, seen from the sockets."""

    def identify(self, token: str) -> Identity | None:
        """Who holds a session token, personal token or bot token; None for nobody."""

    def identify_again(self, credential: str) -> Identity | None:
        """The same for a session known from before; None when it is over."""

    def memberships(self, user_id: str) -> Memberships:
        """Where the user is a member."""

    def came_online(self, user_id: str) -> None:
        """A socket of the user opened."""

    def went_offline(self, user_ids: Sequence[str], closed_at: int) -> None:
        """No socket of these users is open in any process since ``closed_at`` (ms)."""

    def look_for_idle(self, user_ids: Sequence[str]) -> None:
        """Turn those of the users away who are idle."""

    def apparently_online(self) -> list[str]:
        """The users who are online or away by what the database says, not by hand."""
