"""Work of accounts that runs apart from requests (``settings.RECURRING_JOBS`` says how often what recurs)."""

from __future__ import annotations

from typing import Any

from accounts import mails
from accounts.actions import orphans, status
from mattermost_site import mail


def end_do_not_disturb() -> None:
    """Give those whose do-not-disturb has ended the status they had before."""
    status.end_do_not_disturb()


def send_mail(kind: str, to: str, locale: str, values: dict[str, Any]) -> None:
    """Send one of the mails of ``accounts.mails``."""
    subject, text = mails.compose(kind, locale=locale, values=values)
    mail.send(to=to, subject=subject, text=text)


def tell_of_orphans(owner: str, bots: list[str], are_stopped: bool) -> None:
    """Tell admins of the bots of somebody whose account was deactivated."""
    orphans.tell_of_orphans(owner=owner, bots=bots, are_stopped=are_stopped)
