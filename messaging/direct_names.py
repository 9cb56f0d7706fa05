"""The names of direct and group channels, made of who is in them (semantics §7)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def direct_name(user_id: str, other_id: str) -> str:
    """The name of two people's direct channel, of one's own notes when they are the same."""
    return "__".join(sorted((user_id, other_id)))


def group_name(user_ids: Sequence[str]) -> str:
    """The name of some people's group channel."""
    return hashlib.sha1("".join(sorted(user_ids)).encode(), usedforsecurity=False).hexdigest()
