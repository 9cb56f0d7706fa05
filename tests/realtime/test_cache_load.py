"""Values kept in the process are never older than the last invalidation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import transaction

from mattermost_site import caches, config
from mattermost_site.caches import Cache
from mattermost_site.realtime.testing import recorded_orders

Numbers = Cache[str, "int | None"]


@pytest.fixture
def cache() -> Numbers:
    return Cache(f"numbers {uuid4().hex}", size=3)


class Source:
    """Counts how often it is read."""

    def __init__(self, value: int | None = 1) -> None:
        self.value = value
        self.reads = 0

    def __call__(self, key: str) -> int | None:
        self.reads += 1
        return self.value


@pytest.fixture(autouse=True)
def database(transactional_db: None) -> Iterator[None]:
    yield


def test_a_value_is_read_once(cache: Numbers) -> None:
    source = Source()
    assert [cache.get_or_load("a", source) for _ in range(3)] == [1, 1, 1]
    assert source.reads == 1


def test_nothing_is_not_kept(cache: Numbers) -> None:
    source = Source(None)
    assert [cache.get_or_load("a", source) for _ in range(2)] == [None, None]
    assert source.reads == 2


def test_nothing_is_kept_if_asked_for() -> None:
    cache: Numbers = Cache(f"numbers {uuid4().hex}", size=3, keep_none=True)
    source = Source(None)
    assert [cache.get_or_load("a", source) for _ in range(2)] == [None, None]
    assert source.reads == 1


def test_an_invalidated_value_is_read_again(cache: Numbers) -> None:
    source = Source()
    cache.get_or_load("a", source)
    source.value = 2
    cache.invalidate("a")
    assert cache.get_or_load("a", source) == 2


def test_an_invalidation_reaches_other_processes(cache: Numbers) -> None:
    with recorded_orders() as orders:
        cache.invalidate("a", "b")
    assert [order.data for order in orders] == [{"cache": cache.name, "keys": ["a", "b"]}]


def test_an_invalidation_from_another_process_is_obeyed(cache: Numbers) -> None:
    source = Source()
    cache.get_or_load("a", source)
    caches.invalidated(cache.name, ["a"])
    cache.get_or_load("a", source)
    assert source.reads == 2


def test_the_least_recently_used_goes_first(cache: Numbers) -> None:
    source = Source()
    for key in ("a", "b", "c", "a", "d"):
        cache.get_or_load(key, source)
    assert [cache.peek(key) for key in "abcd"] == [1, None, 1, 1]


def test_a_loader_that_fails_leaves_nothing_behind(cache: Numbers) -> None:
    def fail(key: str) -> int:
        raise OSError

    with pytest.raises(OSError):
        cache.get_or_load("a", fail)
    assert cache.get_or_load("a", Source(2)) == 2


def load_while(cache: Numbers, meanwhile: object) -> None:
    """Load 1 for "a" in a thread; ``meanwhile()`` runs after it was read and before it is kept."""
    reading, go_on = threading.Event(), threading.Event()

    def loader(key: str) -> int:
        reading.set()
        go_on.wait(5)
        return 1

    thread = threading.Thread(target=cache.get_or_load, args=("a", loader))
    thread.start()
    reading.wait(5)
    assert callable(meanwhile)
    meanwhile()
    go_on.set()
    thread.join()


@pytest.mark.parametrize("how", ["invalidate", "order", "clear"])
def test_a_value_read_before_an_invalidation_is_not_kept(cache: Numbers, how: str) -> None:
    ways = {
        "invalidate": lambda: cache.invalidate("a"),
        "order": lambda: caches.invalidated(cache.name, ["a"]),
        "clear": cache.clear,
    }
    load_while(cache, ways[how])
    assert cache.peek("a") is None


def test_a_load_is_not_disturbed_by_other_keys(cache: Numbers) -> None:
    load_while(cache, lambda: cache.invalidate("b"))
    assert cache.peek("a") == 1


def test_a_second_load_does_not_save_the_first(cache: Numbers) -> None:
    def meanwhile() -> None:
        cache.invalidate("a")
        cache.get_or_load("a", Source(2))

    load_while(cache, meanwhile)
    assert cache.peek("a") == 2


def test_an_open_transaction_keeps_nothing_of_what_it_changed(cache: Numbers) -> None:
    source = Source()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        cache.invalidate("a")
        source.value = 2
        assert cache.get_or_load("a", source) == 2
        source.value = 1
        raise ZeroDivisionError
    assert cache.get_or_load("a", source) == 1


def test_what_others_kept_during_a_transaction_goes_with_its_commit(cache: Numbers) -> None:
    source = Source()

    def other() -> None:
        cache.get_or_load("a", source)

    with transaction.atomic():
        cache.invalidate("a")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert cache.peek("a") == 1
        source.value = 2
    assert cache.get_or_load("a", source) == 2


def test_the_values_are_kept_again_after_the_commit(cache: Numbers) -> None:
    source = Source()
    with transaction.atomic():
        cache.invalidate("a")
    cache.get_or_load("a", source)
    cache.get_or_load("a", source)
    assert source.reads == 1


def test_nothing_is_kept_while_invalidations_cannot_be_heard(cache: Numbers) -> None:
    source = Source()
    with config.override(**{"CacheSettings.CacheType": "redis"}):
        cache.get_or_load("a", source)
        cache.get_or_load("a", source)
        assert source.reads == 2


def test_everything_is_forgotten_when_the_stream_is_heard_again(cache: Numbers) -> None:
    source = Source()
    cache.get_or_load("a", source)
    caches.listening(True)
    try:
        with config.override(**{"CacheSettings.CacheType": "redis"}):
            cache.get_or_load("a", source)
            cache.get_or_load("a", source)
    finally:
        caches.listening(False)
    assert source.reads == 2


def test_two_caches_do_not_share_a_name(cache: Numbers) -> None:
    with pytest.raises(ValueError, match="two caches"):
        Cache(cache.name, size=1)
