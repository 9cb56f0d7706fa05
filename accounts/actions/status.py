"""Presence: online, away, do-not-disturb, offline (semantics §5.6, websocket.md §1).

What a person sets by hand stays until that person changes it; what follows from
activity gives way to it. Every change is one guarded statement, so that servers that
notice different things at the same time do not overwrite each other. Only the user's own
sockets are told; others ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts import events
from accounts.actions.auto_responder import OUT_OF_OFFICE, end_automatic_replies
from accounts.models import Status
from accounts.queries import statuses_of
from mattermost_site import clock, config
from mattermost_site.caches import Cache
from mattermost_site.errors import InvalidBodyParam
from mattermost_site.realtime import publish

ONLINE, AWAY, DND, OFFLINE = "online", "away", "dnd", "offline"
TOUCH_EVERY = 30 * clock.SECOND  # of activity that changes nothing
CHUNK = 500  # users in one statement
MINUTE = 60  # seconds

_noted: Cache[str, int] = Cache("activity", size=20_000)  # user id → when activity was last written, ms


def note_activity(*, user_id: str) -> None:
    """The user posted, or opened a socket: online, unless set otherwise by hand. Costs nothing when repeated soon."""
    if not config.current().service.enable_user_statuses:
        return
    noted = _noted.peek(user_id)
    if noted is not None and clock.now() - noted > TOUCH_EVERY:
        _noted.drop([user_id])
    _noted.get_or_load(user_id, _note_activity)


def note_connection(*, user_id: str) -> None:
    """The user opened a socket: as ``note_activity``, but always written, for a departure may be on its way."""
    if config.current().service.enable_user_statuses:
        _note_activity(user_id)


def _note_activity(user_id: str) -> int:
    now = clock.now()
    rows = Status.objects.filter(user_id=user_id, manual=False)
    if rows.filter(status=ONLINE).update(last_activity_at=now):
        return now
    with transaction.atomic():
        changed = rows.exclude(status=ONLINE).update(status=ONLINE, last_activity_at=now)
        if changed or _create(user_id, now):
            publish(events.status_change(user_id, ONLINE))
    return now


def _create(user_id: str, now: int) -> bool:
    """Store the first row of a user, as online; False when there is one already."""
    if Status.objects.filter(user_id=user_id).exists():
        return False
    try:
        with transaction.atomic():
            Status(user_id=user_id, status=ONLINE, last_activity_at=now, prev_status=OFFLINE).save(force_insert=True)
    except IntegrityError:
        return False
    return True


def set_active(*, user_id: str, is_active: bool, manual: bool) -> None:
    """What a client says of its user (``user_update_active_status``).

    Active: online, unless away or busy by hand and this is not by hand. Inactive: away
    when this is by hand, else only if the user is idle.
    """
    if is_active and manual:
        set_status(user_id=user_id, status=ONLINE)
    elif is_active:
        note_activity(user_id=user_id)
    elif manual:
        set_status(user_id=user_id, status=AWAY)
    else:
        mark_idle(user_ids=[user_id])


def set_status(*, user_id: str, status: str, dnd_end_time: int = 0) -> Status:
    """Set the status by hand; ``dnd_end_time`` in seconds, cut to full minutes, 0 for no end.

    Online is never by hand: it frees the status for what activity says. Who leaves "out of
    office" answers no longer by itself. Raises InvalidBodyParam for a status that cannot be set.
    """
    if status not in (ONLINE, AWAY, DND, OFFLINE):
        raise InvalidBodyParam("status")
    if not config.current().service.enable_user_statuses:
        return statuses_of([user_id])[0]
    with transaction.atomic():
        Status.objects.bulk_create([Status(user_id=user_id, status=OFFLINE)], ignore_conflicts=True)
        row = Status.objects.select_for_update().get(user_id=user_id)
        before = row.status
        if status == DND:
            row.prev_status = row.prev_status if before == DND else before
            row.dnd_end_time = dnd_end_time - dnd_end_time % MINUTE
        if status in (ONLINE, OFFLINE):
            row.last_activity_at = clock.now()
        row.status, row.manual = status, status != ONLINE
        row.save(force_update=True)
        _noted.invalidate(user_id)
        if status != ONLINE or before != ONLINE:
            publish(events.status_change(user_id, status))
        if before == OUT_OF_OFFICE:
            end_automatic_replies(user_id=user_id)
    return row


def mark_idle(*, user_ids: Sequence[str]) -> None:
    """Turn those away who are online and did nothing for ``TeamSettings.UserStatusAwayTimeout`` seconds."""
    limit = clock.now() - config.current().team.user_status_away_timeout * clock.SECOND
    for chunk in _chunks(user_ids):
        _change(Status.objects.filter(user_id__in=chunk, status=ONLINE, last_activity_at__lt=limit), AWAY)


def go_offline(*, user_ids: Sequence[str], closed_at: int) -> None:
    """The last sockets of these users closed at ``closed_at`` (ms): offline, unless they were active since."""
    for chunk in _chunks(user_ids):
        rows = Status.objects.filter(user_id__in=chunk, status__in=(ONLINE, AWAY), last_activity_at__lte=closed_at)
        _change(rows, OFFLINE, last_activity_at=closed_at)


def _change(rows: QuerySet[Status], status: str, **fields: int) -> None:
    """Change those of the rows that nobody set by hand, and tell their users."""
    rows = rows.filter(manual=False)
    with transaction.atomic():
        for user_id in list(rows.values_list("user_id", flat=True)):
            if rows.filter(user_id=user_id).update(status=status, **fields):
                _noted.invalidate(user_id)
                publish(events.status_change(user_id, status))


def end_do_not_disturb() -> None:
    """Give those whose do-not-disturb has ended the status they had before."""
    due = Status.objects.filter(status=DND, dnd_end_time__gt=0, dnd_end_time__lte=clock.now() // clock.SECOND)
    for row in list(due):
        before = ONLINE if row.prev_status in ("", DND) else row.prev_status
        with transaction.atomic():
            if due.filter(user_id=row.user_id).update(status=before, prev_status=DND, dnd_end_time=0, manual=False):
                _noted.invalidate(row.user_id)
                publish(events.status_change(row.user_id, before))


def _chunks(user_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (user_ids[start : start + CHUNK] for start in range(0, len(user_ids), CHUNK))
