"""Publishing waits for the commit, keeps its order and leaves at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from django.db import transaction
from django.test import TestCase

from mattermost_site.realtime import control, publish, stream
from mattermost_site.realtime.testing import recorded
from mattermost_site.realtime.wire import Control, Entry, Parcel
from tests.realtime.hubs import event


@pytest.fixture
def sent() -> Iterator[list[list[str]]]:
    """What leaves, by name, one list for each time that something leaves."""
    found: list[list[str]] = []

    def take(entries: Sequence[Entry]) -> None:
        found.append([entry.name if isinstance(entry, Parcel) else entry.kind for entry in entries])

    stream.attach(take)
    yield found
    stream.attach(None)


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_it_leaves_at_once(sent: list[list[str]]) -> None:
    publish(event("one"), event("two"))
    assert sent == [["one"], ["two"]]


@pytest.mark.django_db(transaction=True)
def test_all_of_a_transaction_leaves_together_and_in_order(sent: list[list[str]]) -> None:
    with transaction.atomic():
        control.member_joined(user_id="u", channel_id="c")
        publish(event("one"))
        with transaction.atomic():
            publish(event("two"), event("three"))
        publish(event("four"))
        assert sent == []
    assert sent == [["joined", "one", "two", "three", "four"]]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_says_nothing(sent: list[list[str]]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(event("one"))
        raise ZeroDivisionError
    with transaction.atomic():
        publish(event("two"))
    assert sent == [["two"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("more", [True, False])
def test_a_rolled_back_savepoint_says_nothing_and_loses_nothing_else(sent: list[list[str]], more: bool) -> None:
    with transaction.atomic():
        publish(event("one"))
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            publish(event("two"))
            raise ZeroDivisionError
        if more:
            publish(event("three"))
    assert sent == [["one", "three"] if more else ["one"]]


@pytest.mark.django_db(transaction=True)
def test_a_failing_stream_does_not_fail_the_request() -> None:
    def fail(entries: Sequence[Entry]) -> None:
        raise OSError("away")

    stream.attach(fail)
    try:
        with transaction.atomic():
            publish(event("one"))
    finally:
        stream.attach(None)


@pytest.mark.django_db
def test_data_that_is_no_json_fails_the_request_not_the_commit() -> None:
    with pytest.raises(TypeError):
        publish(event("one", {"a": object()}))


@pytest.mark.django_db
def test_tests_see_the_events_of_a_captured_commit() -> None:
    with recorded() as events:
        publish(event("never committed"))
        with TestCase.captureOnCommitCallbacks(execute=True):
            publish(event("one"))
            with transaction.atomic():
                publish(event("two"))
        with TestCase.captureOnCommitCallbacks(execute=True):
            publish(event("three"))
    assert [found.name for found in events] == ["one", "two", "three"]


def test_each_order_says_what_the_hub_needs() -> None:
    orders: list[Entry] = []
    stream.attach(orders.extend)
    try:
        control.member_joined(user_id="u", channel_id="c")
        control.member_left(user_id="u", team_id="t")
        control.user_changed(user_id="u", is_admin=True, is_guest=False)
        control.session_revoked(user_id="u", session_ids=["s"])
        control.reset_sockets()
    finally:
        stream.attach(None)
    assert orders == [
        Control("joined", {"user": "u", "channel": "c", "team": ""}),
        Control("left", {"user": "u", "channel": "", "team": "t"}),
        Control("user", {"user": "u", "admin": True, "guest": False}),
        Control("sessions", {"user": "u", "sessions": ["s"]}),
        Control("reset", {}),
    ]
