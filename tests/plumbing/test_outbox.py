"""Durable work is done once it can be, and never forgotten."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction

from mattermost_site import clock, jobs
from mattermost_site.models import Outbox

pytestmark = pytest.mark.django_db


class Calls(list[dict[str, Any]]):
    """What the handler was called with; ``fails`` makes it raise."""

    fails = False

    def __call__(self, **payload: Any) -> None:
        if self.fails:
            raise RuntimeError("the outside is away")
        self.append(payload)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    handler = Calls()
    app, tasks = ModuleType("errands"), ModuleType("errands.tasks")
    tasks.run = handler  # type: ignore[attr-defined]
    app.tasks = tasks  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "errands", app)
    monkeypatch.setitem(sys.modules, "errands.tasks", tasks)
    yield handler


def due() -> None:
    Outbox.objects.update(run_at=0, locked_until=0)


def test_it_calls_the_handler_and_forgets_the_row(calls: Calls) -> None:
    jobs.enqueue("errands.run", {"who": "alice"})
    assert jobs.run_due() == 1
    assert calls == [{"who": "alice"}]
    assert not Outbox.objects.exists()


def test_it_leaves_nothing_behind_when_the_transaction_fails(calls: Calls) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("errands.run", {})
        _ = 1 / 0
    assert not Outbox.objects.exists()


def test_it_waits_for_its_time(calls: Calls) -> None:
    jobs.enqueue("errands.run", {}, delay=clock.HOUR)
    assert jobs.run_due() == 0


def test_it_does_not_double_work_of_the_same_key(calls: Calls) -> None:
    jobs.enqueue("errands.run", {"n": 1}, key="once")
    jobs.enqueue("errands.run", {"n": 2}, key="once")
    assert Outbox.objects.count() == 1


def test_it_tries_again_later_and_remembers_why(calls: Calls) -> None:
    calls.fails = True
    jobs.enqueue("errands.run", {})
    jobs.run_due()
    row = Outbox.objects.get()
    assert (row.state, row.attempts, row.last_error) == (jobs.WAITING, 1, "RuntimeError: the outside is away")
    assert row.run_at > clock.now()
    calls.fails = False
    due()
    jobs.run_due()
    assert len(calls) == 1


def test_it_gives_up_visibly(calls: Calls) -> None:
    calls.fails = True
    jobs.enqueue("errands.run", {})
    for _ in range(jobs.LIMIT_OF_ATTEMPTS):
        due()
        jobs.run_due()
    assert Outbox.objects.get().state == jobs.DEAD
    due()
    assert jobs.run_due() == 0


def test_it_runs_again_what_an_administrator_revives(calls: Calls) -> None:
    jobs.enqueue("errands.run", {})
    Outbox.objects.update(state=jobs.DEAD)
    jobs.revive(list(Outbox.objects.values_list("pk", flat=True)))
    assert jobs.run_due() == 1


def test_it_takes_over_from_a_process_that_died(calls: Calls) -> None:
    jobs.enqueue("errands.run", {})
    Outbox.objects.update(state=jobs.RUNNING, locked_until=clock.now() - 1, attempts=1)
    assert jobs.run_due() == 1
    assert len(calls) == 1


def test_it_leaves_alone_what_another_process_does(calls: Calls) -> None:
    jobs.enqueue("errands.run", {})
    Outbox.objects.update(state=jobs.RUNNING, locked_until=clock.now() + clock.MINUTE)
    assert jobs.run_due() == 0


def test_it_pauses_longer_each_time_up_to_an_hour() -> None:
    pauses = [jobs.pause_before(attempt) for attempt in range(1, 15)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (2 * clock.SECOND, clock.HOUR)


def test_it_plans_recurring_work_once_and_again(calls: Calls, settings: Any) -> None:
    settings.RECURRING_JOBS = {"errands.run": clock.MINUTE}
    jobs.ensure_recurring()
    jobs.ensure_recurring()
    assert jobs.run_due() == 1
    row = Outbox.objects.get()
    assert (row.state, row.attempts) == (jobs.WAITING, 0)
    assert row.run_at > clock.now()
