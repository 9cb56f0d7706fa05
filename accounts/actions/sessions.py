"""Ending sessions, and what devices tell of theirs (semantics §4)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from accounts import sessions
from accounts.models import Session
from mattermost_site import clock
from mattermost_site.errors import AppError, InvalidUrlParam
from mattermost_site.realtime import control

CHUNK = 1000  # rows that are forgotten by one order to the other processes


def end_session(*, session_id: str) -> None:
    """End a session; one that is already over is no error."""
    _end(Session.objects.filter(id=session_id))


def end_sessions(*, user_id: str, keep: str = "") -> None:
    """End a user's sessions, but the one named ``keep``."""
    _end(Session.objects.filter(user_id=user_id).exclude(id=keep))


def end_device_sessions(*, user_id: str, device_id: str, keep: str = "") -> None:
    """End the sessions of one device of a user: its newest sign-in replaces the older ones."""
    _end(Session.objects.filter(user_id=user_id, device_id=device_id).exclude(id=keep))


def end_token_session(*, token_digest: str) -> None:
    """End the sessions that rest on a personal token."""
    _end(Session.objects.filter(token=token_digest))


def end_surplus(*, user_id: str, limit: int) -> None:
    """End the sessions that were not used for longest, so that ``limit`` remain."""
    rows = Session.objects.filter(user_id=user_id).order_by("-last_activity_at")
    surplus = list(rows.values_list("id", flat=True)[limit:])
    if surplus:
        _end(Session.objects.filter(id__in=surplus))


def end_all() -> None:
    """End every session of the server; all sockets reconnect, and find that they have none."""
    with transaction.atomic():
        digests = list(Session.objects.values_list("token", flat=True))
        Session.objects.all().delete()
        for start in range(0, len(digests), CHUNK):
            sessions.forget(*digests[start : start + CHUNK])
        control.reset_sockets()


def _end(rows: QuerySet[Session]) -> None:
    with transaction.atomic():
        found = list(rows.values_list("id", "user_id", "token"))
        if not found:
            return
        Session.objects.filter(id__in=[session_id for session_id, _, _ in found]).delete()
        sessions.forget(*(token for _, _, token in found))
        for user_id in {user_id for _, user_id, _ in found}:
            control.session_revoked(user_id=user_id, session_ids=[row[0] for row in found if row[1] == user_id])


def revoke_session(*, user_id: str, session_id: str) -> None:
    """End one session of a user.

    ``app.session.get.app_error`` (400) when there is none, InvalidUrlParam when it is somebody else's.
    """
    session = Session.objects.filter(id=session_id).only("user_id").first()
    if session is None:
        raise AppError("app.session.get.app_error")
    if session.user_id != user_id:
        raise InvalidUrlParam("user_id")
    end_session(session_id=session_id)


def attach_device(*, session_id: str, user_id: str, device_id: str) -> Session:
    """Tie a session to a device, for as long as mobile sessions live; the device's other sessions end."""
    now = clock.now()
    with transaction.atomic():
        end_device_sessions(user_id=user_id, device_id=device_id, keep=session_id)
        session = Session.objects.select_for_update().get(id=session_id)
        session.device_id = device_id
        session.expires_at = now + sessions.session_length(device_id)
        session.save(update_fields=["device_id", "expires_at"])
        sessions.forget(session.token)
    return session


def set_session_props(*, session_id: str, props: dict[str, str]) -> None:
    """Add what a device tells of itself to its session."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(id=session_id)
        session.props = {**session.props, **props}
        session.save(update_fields=["props"])
        sessions.forget(session.token)


def renew_sessions(*, user_id: str, roles: str, is_guest: bool) -> None:
    """Give a user's sessions new system roles; call it in the transaction that changes them."""
    rows: Iterable[Session] = Session.objects.select_for_update().filter(user_id=user_id)
    changed = list(rows)
    for session in changed:
        session.roles = roles
        if "is_guest" in session.props:
            session.props = {**session.props, "is_guest": str(is_guest).lower()}
    Session.objects.bulk_update(changed, ["roles", "props"])
    sessions.forget(*(session.token for session in changed))
