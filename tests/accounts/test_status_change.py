"""Presence: what is set by hand, what follows from activity, and who is told (semantics §5.6)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import TestCase

from accounts.actions import status
from accounts.actions.status import AWAY, DND, OFFLINE, ONLINE
from accounts.models import Status, User
from accounts.queries import statuses_of, visible_statuses
from mattermost_site import clock, config
from mattermost_site.errors import InvalidBodyParam
from mattermost_site.realtime.events import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("serving")]

LONG_AGO = clock.HOUR


@pytest.fixture
def told(events: list[Event]) -> list[Event]:
    """The changes of status that are told."""
    return events


def now_is(user: User) -> Status:
    return statuses_of([user.id])[0]


def committed(action: Callable[..., object], **arguments: object) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        action(**arguments)


def names(told: list[Event]) -> list[tuple[str, str]]:
    return [(event.name, event.data["status"]) for event in told if event.name == "status_change"]


def make(user: User, **fields: object) -> None:
    Status.objects.update_or_create(user_id=user.id, defaults=fields)


def test_nobody_has_done_anything_at_first(alice: User) -> None:
    row = now_is(alice)
    assert (row.status, row.manual, row.last_activity_at, row.dnd_end_time) == (OFFLINE, False, 0, 0)


def test_activity_makes_online(alice: User, told: list[Event]) -> None:
    before = clock.now()
    committed(status.note_activity, user_id=alice.id)
    row = now_is(alice)
    assert (row.status, row.manual, row.last_activity_at >= before) == (ONLINE, False, True)
    assert names(told) == [("status_change", ONLINE)]


def test_only_the_user_is_told(alice: User, told: list[Event]) -> None:
    committed(status.note_activity, user_id=alice.id)
    assert [event.audience.user_id for event in told if event.name == "status_change"] == [alice.id]


@pytest.mark.parametrize("before", [AWAY, OFFLINE])
def test_activity_ends_what_was_not_set_by_hand(alice: User, before: str) -> None:
    make(alice, status=before, manual=False)
    committed(status.note_activity, user_id=alice.id)
    assert now_is(alice).status == ONLINE


@pytest.mark.parametrize("before", [AWAY, DND, OFFLINE])
def test_activity_leaves_what_was_set_by_hand(alice: User, told: list[Event], before: str) -> None:
    make(alice, status=before, manual=True, last_activity_at=5)
    committed(status.note_activity, user_id=alice.id)
    assert (now_is(alice).status, now_is(alice).last_activity_at, names(told)) == (before, 5, [])


def test_more_activity_tells_nothing_and_soon_costs_nothing(
    alice: User, told: list[Event], django_assert_num_queries: Callable[..., object]
) -> None:
    committed(status.note_activity, user_id=alice.id)
    status.note_activity(user_id=alice.id)
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        status.note_activity(user_id=alice.id)
    assert names(told) == [("status_change", ONLINE)]


def test_activity_is_written_again_after_a_while(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    status.note_activity(user_id=alice.id)
    make(alice, last_activity_at=5)
    later = clock.now() + status.TOUCH_EVERY + 1
    monkeypatch.setattr(clock, "now", lambda: later)
    status.note_activity(user_id=alice.id)
    assert now_is(alice).last_activity_at == later


@pytest.mark.parametrize(("wanted", "manual"), [(AWAY, True), (DND, True), (OFFLINE, True), (ONLINE, False)])
def test_it_can_be_set_by_hand(alice: User, told: list[Event], wanted: str, manual: bool) -> None:
    committed(status.set_status, user_id=alice.id, status=wanted)
    assert (now_is(alice).status, now_is(alice).manual) == (wanted, manual)
    assert names(told) == [("status_change", wanted)]


@pytest.mark.parametrize(("wanted", "times"), [(AWAY, 2), (DND, 2), (OFFLINE, 2), (ONLINE, 1)])
def test_setting_it_again_is_told_but_for_online(alice: User, told: list[Event], wanted: str, times: int) -> None:
    committed(status.set_status, user_id=alice.id, status=wanted)
    committed(status.set_status, user_id=alice.id, status=wanted)
    assert len(names(told)) == times


@pytest.mark.parametrize("wanted", ["ooo", "busy", ""])
def test_other_values_are_refused(alice: User, wanted: str) -> None:
    with pytest.raises(InvalidBodyParam):
        status.set_status(user_id=alice.id, status=wanted)


def test_online_by_hand_frees_it_for_activity(alice: User) -> None:
    status.set_status(user_id=alice.id, status=AWAY)
    status.set_status(user_id=alice.id, status=ONLINE)
    status.go_offline(user_ids=[alice.id], closed_at=clock.now())
    assert now_is(alice).status == OFFLINE


@pytest.mark.parametrize(("wanted", "touched"), [(AWAY, False), (DND, False), (OFFLINE, True), (ONLINE, True)])
def test_away_and_busy_are_no_activity(alice: User, wanted: str, touched: bool) -> None:
    status.set_status(user_id=alice.id, status=wanted)
    assert bool(now_is(alice).last_activity_at) is touched


def test_the_end_of_do_not_disturb_is_cut_to_minutes(alice: User) -> None:
    status.set_status(user_id=alice.id, status=DND, dnd_end_time=1_795_319_199)
    assert now_is(alice).dnd_end_time == 1_795_319_160


def test_the_end_stays_when_something_else_is_set(alice: User) -> None:
    status.set_status(user_id=alice.id, status=DND, dnd_end_time=1_795_319_160)
    status.set_status(user_id=alice.id, status=ONLINE)
    assert now_is(alice).dnd_end_time == 1_795_319_160


def test_do_not_disturb_without_end_has_none(alice: User) -> None:
    status.set_status(user_id=alice.id, status=DND, dnd_end_time=1_795_319_160)
    status.set_status(user_id=alice.id, status=DND)
    assert now_is(alice).dnd_end_time == 0


@pytest.mark.parametrize("before", [ONLINE, AWAY])
def test_do_not_disturb_ends_by_itself(alice: User, told: list[Event], before: str) -> None:
    make(alice, status=before, manual=False)
    status.set_status(user_id=alice.id, status=DND, dnd_end_time=clock.now() // 1000 - 60)
    committed(status.end_do_not_disturb)
    row = now_is(alice)
    assert (row.status, row.manual, row.dnd_end_time) == (before, False, 0)
    assert names(told) == [("status_change", before)]


def test_busy_twice_still_knows_what_was_before(alice: User) -> None:
    make(alice, status=AWAY, manual=False)
    status.set_status(user_id=alice.id, status=DND)
    status.set_status(user_id=alice.id, status=DND, dnd_end_time=clock.now() // 1000 - 60)
    status.end_do_not_disturb()
    assert now_is(alice).status == AWAY


@pytest.mark.parametrize("end", [0, 4_000_000_000])
def test_do_not_disturb_goes_on_until_its_end(alice: User, end: int) -> None:
    status.set_status(user_id=alice.id, status=DND, dnd_end_time=end)
    status.end_do_not_disturb()
    assert now_is(alice).status == DND


def test_the_idle_are_away(alice: User, bob: User, told: list[Event]) -> None:
    make(alice, status=ONLINE, manual=False, last_activity_at=clock.now() - LONG_AGO)
    make(bob, status=ONLINE, manual=False, last_activity_at=clock.now())
    committed(status.mark_idle, user_ids=[alice.id, bob.id])
    assert (now_is(alice).status, now_is(bob).status) == (AWAY, ONLINE)
    assert names(told) == [("status_change", AWAY)]


def test_the_limit_of_idleness_is_configured(alice: User) -> None:
    make(alice, status=ONLINE, manual=False, last_activity_at=clock.now() - 10 * clock.SECOND)
    with config.override(**{"TeamSettings.UserStatusAwayTimeout": 5}):
        status.mark_idle(user_ids=[alice.id])
    assert now_is(alice).status == AWAY


@pytest.mark.parametrize("before", [ONLINE, AWAY])
def test_without_sockets_one_is_offline(alice: User, told: list[Event], before: str) -> None:
    make(alice, status=before, manual=False, last_activity_at=5)
    committed(status.go_offline, user_ids=[alice.id], closed_at=clock.now())
    assert now_is(alice).status == OFFLINE
    assert names(told) == [("status_change", OFFLINE)]


@pytest.mark.parametrize("before", [DND, AWAY])
def test_what_was_set_by_hand_survives_the_last_socket(alice: User, before: str) -> None:
    make(alice, status=before, manual=True)
    status.go_offline(user_ids=[alice.id], closed_at=clock.now())
    assert now_is(alice).status == before


def test_who_was_active_since_is_not_offline(alice: User) -> None:
    make(alice, status=ONLINE, manual=False, last_activity_at=clock.now())
    status.go_offline(user_ids=[alice.id], closed_at=clock.now() - 1000)
    assert now_is(alice).status == ONLINE


def test_activity_right_after_going_offline_counts(alice: User) -> None:
    status.note_activity(user_id=alice.id)
    committed(status.go_offline, user_ids=[alice.id], closed_at=clock.now())
    status.note_activity(user_id=alice.id)
    assert now_is(alice).status == ONLINE


@pytest.mark.parametrize(
    ("before", "is_active", "manual", "after"),
    [
        ((AWAY, True), True, False, AWAY),
        ((AWAY, True), True, True, ONLINE),
        ((AWAY, False), True, False, ONLINE),
        ((ONLINE, False), False, False, ONLINE),
        ((ONLINE, False), False, True, AWAY),
    ],
)
def test_what_a_client_says_counts_by_hand_or_not(
    alice: User, before: tuple[str, bool], is_active: bool, manual: bool, after: str
) -> None:
    make(alice, status=before[0], manual=before[1], last_activity_at=clock.now())
    status.set_active(user_id=alice.id, is_active=is_active, manual=manual)
    assert now_is(alice).status == after


def test_several_are_read_at_once_and_each_once(
    alice: User, bob: User, django_assert_num_queries: Callable[..., object]
) -> None:
    make(alice, status=ONLINE)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        rows = statuses_of([bob.id, alice.id, bob.id, "n" * 26])
    assert [(row.user_id, row.status) for row in rows] == [(bob.id, OFFLINE), (alice.id, ONLINE), ("n" * 26, OFFLINE)]


def test_the_offline_are_not_listed(alice: User, bob: User) -> None:
    make(alice, status=AWAY)
    make(bob, status=OFFLINE)
    assert visible_statuses() == {alice.id: AWAY}


def test_nothing_happens_where_presence_is_off(alice: User) -> None:
    with config.override(**{"ServiceSettings.EnableUserStatuses": False}):
        status.note_activity(user_id=alice.id)
        status.note_connection(user_id=alice.id)
        status.set_status(user_id=alice.id, status=AWAY)
    assert not Status.objects.filter(user_id=alice.id).exists()
