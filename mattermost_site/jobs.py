"""Durable work: what must happen outside is a row, written with what causes it.

``enqueue("notifications.send_push", {...})`` inserts into the outbox in the caller's
transaction; ``notifications/tasks.py:send_push(**payload)`` is called later, by a
thread of a server or by a Celery worker, until it succeeds. The row is the truth:
whoever wakes first claims it, a crash leaves it to the next.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import Q
from django.db.utils import DatabaseError
from django.utils.module_loading import import_string

from mattermost_site import clock, config
from mattermost_site.models import Outbox

CLAIM = 10 * clock.MINUTE  # how long one run may take before another may try
BATCH = 20
POLL = 1.0  # seconds
LIMIT_OF_ATTEMPTS = 14  # about nine hours of trying
FIRST_PAUSE = 2 * clock.SECOND
LONGEST_PAUSE = clock.HOUR
ERROR_LENGTH = 4000  # code points of an error that are kept

WAITING, RUNNING, DEAD = "waiting", "running", "dead"

logger = logging.getLogger(__name__)
_wake = threading.Event()
_stop = threading.Event()
_thread: threading.Thread | None = None


def enqueue(kind: str, payload: dict[str, Any], *, key: str = "", delay: int = 0) -> None:
    """Have ``<app>.tasks.<function>`` called with ``payload`` after the transaction, ``delay`` ms later.

    ``kind`` is ``"<app>.<function>"``. With a ``key``, work of the same key that is
    still waiting is not doubled.
    """
    row = {"kind": kind, "payload": payload, "run_at": clock.now() + delay, "create_at": clock.now(), "state": WAITING}
    if key and Outbox.objects.filter(key=key, state=WAITING).exists():
        return
    Outbox.objects.create(key=key, **row)
    transaction.on_commit(_wake_workers)


def _wake_workers() -> None:
    _wake.set()
    if not is_embedded():
        from mattermost_site.celery import wake

        wake()


def is_embedded() -> bool:
    """Whether this installation works without Redis and Celery."""
    return config.current().cache.cache_type != "redis"


def pause_before(attempt: int) -> int:
    """Milliseconds to wait before trying again after ``attempt`` failures: doubling, at most an hour."""
    return int(min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE))


def run_due(limit: int = BATCH) -> int:
    """Run work that is due; returns how many rows were tried."""
    rows = _claim(limit)
    for row in rows:
        _run(row)
    return len(rows)


def _claim(limit: int) -> list[Outbox]:
    now = clock.now()
    free = Q(state=WAITING, run_at__lte=now) | Q(state=RUNNING, locked_until__lte=now)
    if not Outbox.objects.filter(free).exists():
        return []
    with transaction.atomic():
        rows = list(Outbox.objects.select_for_update(skip_locked=True).filter(free).order_by("run_at")[:limit])
        for row in rows:
            row.state, row.locked_until, row.attempts = RUNNING, now + CLAIM, row.attempts + 1
        Outbox.objects.bulk_update(rows, ["state", "locked_until", "attempts"])
    return rows


def _run(row: Outbox) -> None:
    try:
        app, function = row.kind.split(".", 1)
        handler: Callable[..., None] = import_string(f"{app}.tasks.{function}")
        handler(**row.payload)
    except Exception as error:  # noqa: BLE001 - whatever fails is tried again and stays visible
        _failed(row, error)
        return
    period = settings.RECURRING_JOBS.get(row.kind)
    if period and row.key == row.kind:
        changes = {"state": WAITING, "run_at": clock.now() + period, "attempts": 0, "last_error": ""}
        Outbox.objects.filter(pk=row.pk).update(**changes)
    else:
        Outbox.objects.filter(pk=row.pk).delete()


def _failed(row: Outbox, error: Exception) -> None:
    dead = row.attempts >= LIMIT_OF_ATTEMPTS and row.key not in settings.RECURRING_JOBS
    logger.warning("job %s failed the %s. time: %s", row.kind, row.attempts, error, exc_info=dead)
    Outbox.objects.filter(pk=row.pk).update(
        state=DEAD if dead else WAITING,
        run_at=clock.now() + pause_before(min(row.attempts, LIMIT_OF_ATTEMPTS)),
        last_error=f"{type(error).__name__}: {error}"[:ERROR_LENGTH],
    )


def revive(ids: Sequence[int]) -> int:
    """Try rows again at once, with their count of attempts from the start; returns how many were found."""
    with transaction.atomic():
        found = Outbox.objects.filter(pk__in=ids).exclude(state=RUNNING)
        count = found.update(state=WAITING, run_at=clock.now(), attempts=0)
        transaction.on_commit(_wake_workers)
    return count


def ensure_recurring() -> None:
    """Make sure that each recurring job has its row."""
    for kind in settings.RECURRING_JOBS:
        with transaction.atomic():
            if not Outbox.objects.select_for_update().filter(key=kind).exists():
                Outbox.objects.create(
                    kind=kind, key=kind, payload={}, state=WAITING, run_at=clock.now(), create_at=clock.now()
                )


def start_thread() -> None:
    """Drain the outbox in a thread of this process until ``stop_thread``."""
    global _thread
    _stop.clear()
    _thread = threading.Thread(target=_work, name="jobs", daemon=True)
    _thread.start()


def stop_thread() -> None:
    """Finish the row under way and end the thread."""
    _stop.set()
    _wake.set()
    if _thread:
        _thread.join(timeout=10)


def _work() -> None:
    prepared = False
    while not _stop.is_set():
        try:
            close_old_connections()
            if not prepared:
                ensure_recurring()
                prepared = True
            while run_due() and not _stop.is_set():
                continue
        except DatabaseError:
            logger.exception("the outbox cannot be read; trying again")
        _wake.wait(POLL)
        _wake.clear()
