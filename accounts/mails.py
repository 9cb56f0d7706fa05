"""The mails that accounts cause: which text goes to whom, with which link."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.utils import translation

from mattermost_site import config, jobs
from mattermost_site.config.site import site_url

RESET_PASSWORD = "reset_password"  # noqa: S105 - names of templates
VERIFY_EMAIL = "verify_email"
WELCOME = "welcome"
EMAIL_CHANGED = "email_changed"
PASSWORD_CHANGED = "password_changed"  # noqa: S105
DEACTIVATED = "deactivated"


def enqueue(kind: str, *, to: str, locale: str, **values: Any) -> None:
    """Have a mail sent after the present transaction, unless the site sends none."""
    if config.current().email.send_email_notifications:
        jobs.enqueue("accounts.send_mail", {"kind": kind, "to": to, "locale": locale, "values": values})


def reset_link(secret: str) -> str:
    """Where a password is set anew."""
    return f"{site_url()}/reset_password_complete?{urlencode({'token': secret})}"


def verify_link(secret: str, email: str) -> str:
    """Where an address is confirmed."""
    return f"{site_url()}/do_verify_email?{urlencode({'token': secret, 'email': email})}"


def compose(kind: str, *, locale: str, values: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of a mail: the first line of its template, and the rest."""
    context = {"site_name": config.current().team.site_name, "site_url": site_url(), **values}
    with translation.override(locale or "en"):
        text = render_to_string(f"accounts/mail/{kind}.txt", context)
    subject, _, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n"
