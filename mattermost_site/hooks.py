"""Where apps further up hear what happened further down: the only calls against the order of imports.

A handler subscribes in its app's ``ready()`` and is called inside the caller's
transaction, so its writes stand or fall with the change that it is told of. What it
raises undoes that change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """One kind of occurrence; calling it calls every handler."""

    def __init__(self) -> None:
        self._handlers: list[Callable[P, None]] = []

    def subscribe(self, handler: Callable[P, None]) -> None:
        """Have ``handler`` called each time; once, however often it subscribes."""
        if handler not in self._handlers:
            self._handlers.append(handler)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        for handler in self._handlers:
            handler(*args, **kwargs)


channel_closed: Hook[[str]] = Hook()
"""A channel, by its id, was archived or deleted for good: what posts into it or listens to it ends."""

channel_moved: Hook[[str, str]] = Hook()
"""A channel, by its id, belongs to another team, by its id, from now on."""

account_closed: Hook[[str]] = Hook()
"""An account, by the user's id, was deactivated: what acts in its name without a session of its own ends."""

account_removed: Hook[[str]] = Hook()
"""An account, by the user's id, is being deleted for good: what it owns goes with it."""


@dataclass(frozen=True, slots=True)
class CreatedPost:
    """What is told of a new post; ``channel_type`` is O, P, D or G, ``is_integration`` that a webhook wrote it."""

    id: str
    create_at: int
    user_id: str
    team_id: str
    channel_id: str
    channel_type: str
    message: str
    file_ids: tuple[str, ...]
    is_integration: bool


post_created: Hook[[CreatedPost]] = Hook()
"""A person, a bot or an integration wrote a post; the server's own posts are not told."""
