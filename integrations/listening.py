"""Which outgoing webhooks a post sets off (semantics §17); asked for every post of a public channel.

The webhooks of a team are kept in the process, so that a team without any costs no statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from integrations.models import OutgoingWebhook
from mattermost_site.caches import Cache

STARTS_WITH = 1


@dataclass(frozen=True, slots=True)
class Listener:
    """What of an outgoing webhook decides whether it is called, and where."""

    hook_id: str
    channel_id: str
    trigger_words: tuple[str, ...]
    trigger_when: int
    callback_urls: tuple[str, ...]

    def trigger_in(self, message: str, channel_id: str) -> str | None:
        """The word of a message that sets this one off, ``""`` when any message does; None when this one does not."""
        if self.channel_id not in ("", channel_id):
            return None
        if not self.trigger_words:
            return "" if self.channel_id else None
        first = next(iter(message.split(maxsplit=1)), "")
        if self.trigger_when == STARTS_WITH:
            return next((word for word in self.trigger_words if first.startswith(word)), None)
        return first if first in self.trigger_words else None


_listeners: Cache[str, tuple[Listener, ...]] = Cache("outgoing_hooks", size=10_000)  # by team id


def listeners_of(team_id: str) -> tuple[Listener, ...]:
    """The webhooks of a team."""
    return _listeners.get_or_load(team_id, _load)


def forget_listeners(team_ids: Iterable[str]) -> None:
    """Have every process read the webhooks of these teams again; call it in the transaction that changes them."""
    _listeners.invalidate(*team_ids)


def _load(team_id: str) -> tuple[Listener, ...]:
    hooks = OutgoingWebhook.objects.filter(team_id=team_id, delete_at=0).order_by("create_at", "id")
    return tuple(
        Listener(
            hook_id=hook.id,
            channel_id=hook.channel_id,
            trigger_words=tuple(hook.trigger_words),
            trigger_when=hook.trigger_when,
            callback_urls=tuple(hook.callback_urls),
        )
        for hook in hooks
    )
