"""Handing a sign-in from the browser to an app, without the session ever being in an address (RFC 7636).

The browser that signed in at another service sends the app a code that is worth nothing
without the verifier that the app kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.db import transaction

from accounts import one_time
from accounts.actions.login import NewSession, start_session
from accounts.models import User
from accounts.user_agents import Client
from mattermost_site.errors import AppError


def issue_code(*, user: User, challenge: str, state: str) -> str:
    """A code, valid for five minutes, for the app that made the challenge (S256) and the state."""
    extra = {"user_id": user.id, "code_challenge": challenge, "state": state}
    return one_time.issue(one_time.CODE_EXCHANGE, extra)


def exchange_code(*, code: str, verifier: str, state: str, client: Client, device_id: str = "") -> NewSession:
    """A session for a code, once.

    ``api.user.create_user.signup_link_invalid.app_error`` (404) for an unknown, used or
    expired code, and when verifier or state do not belong to it.
    """
    token = one_time.find(code, one_time.CODE_EXCHANGE)
    if token is None or one_time.is_expired(token):
        raise _invalid()
    extra = one_time.extra_of(token)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    is_same = hmac.compare_digest(challenge.encode(), extra.get("code_challenge", "").encode())
    user = User.objects.filter(id=extra.get("user_id", ""), delete_at=0).first()
    if not is_same or user is None or not hmac.compare_digest(state.encode(), extra.get("state", "").encode()):
        raise _invalid()
    with transaction.atomic():
        if not one_time.use_up(token):
            raise _invalid()
        return start_session(user=user, client=client, device_id=device_id)


def _invalid() -> AppError:
    return AppError("api.user.create_user.signup_link_invalid.app_error", status=404)
