"""From a request to its record in the audits."""

from __future__ import annotations

from accounts.actions import audits
from mattermost_site.api import ApiView
from mattermost_site.api.addresses import client_address


def note(view: ApiView, extra: str = "success", *, user_id: str = "", session_id: str = "") -> None:
    """Record that the request was done; ``user_id`` names whom it was done to, unless that is the caller."""
    audits.record(
        user_id=user_id or view.actor.user_id,
        session_id=session_id or view.actor.session_id,
        action=view.request.path,
        extra=extra,
        address=client_address(view.request),
    )
