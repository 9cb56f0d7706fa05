"""Telling admins of bots whose owner is gone (semantics §5.4)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from accounts.permissions import is_system_admin
from messaging.access import load_access
from messaging.actions.direct import open_direct
from messaging.actions.posts import NewPost, create_post
from messaging.actions.system_bot import system_bot

LISTED = 100  # bots that are named; a message has its limits


def tell_of_orphans(*, owner: str, bots: Sequence[str], are_stopped: bool) -> None:
    """Write to every active admin, in the name of the system bot: all of them, or none when it fails."""
    message = compose(owner=owner, bots=bots, are_stopped=are_stopped)
    with transaction.atomic():
        writer = system_bot()
        for admin in _admins(writer.user_id):
            channel = open_direct(user_id=writer.user_id, other_id=admin.id)
            access = load_access(writer.user_id, channel.id)
            if access is not None:
                create_post(actor=writer, access=access, wanted=NewPost(message=message, type="system_generic"))


def compose(*, owner: str, bots: Sequence[str], are_stopped: bool) -> str:
    """What admins are told, as Markdown; user names in code, so that nobody is mentioned by it."""
    names = "\n".join(f"- `{name}`" for name in bots[:LISTED])
    rest = f"\n- and {len(bots) - LISTED} more" if len(bots) > LISTED else ""
    if are_stopped:
        advice = (
            "They were disabled with it. To keep one of them, give it to another owner and enable it, "
            "under **Integrations > Bot Accounts**; make new tokens where the old ones may be known."
        )
    else:
        advice = (
            "They still run. Consider giving them to another owner and making new tokens, or disabling them, "
            "under **Integrations > Bot Accounts**."
        )
    return f"The account `{owner}` was deactivated. It owns these bots:\n\n{names}{rest}\n\n{advice}"


def _admins(writer_id: str) -> list[User]:
    rows = User.objects.filter(roles__contains="system_admin", delete_at=0).exclude(id=writer_id).order_by("id")
    return [user for user in rows if is_system_admin(user.roles)]
