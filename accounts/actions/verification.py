"""Confirming that an address belongs to its account (semantics §5.4)."""

from __future__ import annotations

from django.db import transaction

from accounts import events, mails, one_time
from accounts.models import User
from mattermost_site import clock
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish


def send_verification(*, user: User, email: str) -> None:
    """Send a link that confirms ``email``, the account's address or the one it shall get; older links end."""
    with transaction.atomic():
        extra = {"UserId": user.id, "Email": email}
        secret = one_time.issue(one_time.VERIFY_EMAIL, extra, instead_of=user.id)
        link = mails.verify_link(secret, email)
        mails.enqueue(mails.VERIFY_EMAIL, to=email, locale=user.locale, link=link)


def verify_by_link(*, secret: str) -> User:
    """Confirm the address that a link was sent to; ``api.user.verify_email.bad_link.app_error`` for any failure."""
    token = one_time.find(secret, one_time.VERIFY_EMAIL)
    if token is None or one_time.is_expired(token):
        raise _bad_link()
    extra = one_time.extra_of(token)
    user = User.objects.filter(id=extra.get("UserId", "")).first()
    email = extra.get("Email", "").lower()
    if user is None or not email or User.objects.filter(email=email).exclude(id=user.id).exists():
        raise _bad_link()
    with transaction.atomic():
        if not one_time.use_up(token):
            raise _bad_link()
        if user.email != email:
            mails.enqueue(mails.EMAIL_CHANGED, to=user.email, locale=user.locale, new_email=email)
            user.email = email
        mark_verified(user=user)
    return user


def mark_verified(*, user: User) -> None:
    """Count the address of an account as confirmed, and tell everybody."""
    user.email_verified, user.update_at = True, clock.now()
    with transaction.atomic():
        user.save(update_fields=["email", "email_verified", "update_at"])
        publish(*events.user_updated(user))


def _bad_link() -> AppError:
    return AppError("api.user.verify_email.bad_link.app_error")
