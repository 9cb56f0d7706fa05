"""Background work of integrations."""

from __future__ import annotations

from typing import Any

from integrations.actions import firing


def call_outgoing_hook(hook_id: str, url: str, facts: dict[str, Any], attempt: int = 1) -> None:
    """Tell one address of an outgoing webhook of a post."""
    firing.call_hook(hook_id=hook_id, url=url, facts=facts, attempt=attempt)
