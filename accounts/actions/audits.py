"""Recording what matters for security (table ``audits``)."""

from __future__ import annotations

from mattermost_site import clock
from mattermost_site.ids import new_id
from mattermost_site.models import Audit

EXTRA_LIMIT, ACTION_LIMIT = 1024, 512  # code points


def record(*, user_id: str, session_id: str, action: str, extra: str, address: str) -> None:
    """Note that ``action``, a path of the API, was done for or by a user from an address. Never holds a secret."""
    Audit(
        id=new_id(),
        create_at=clock.now(),
        user_id=user_id,
        session_id=session_id,
        action=action[:ACTION_LIMIT],
        extra_info=extra[:EXTRA_LIMIT],
        ip_address=address[:64],
    ).save(force_insert=True)
