"""Realtime in one process, and Redis for the tests that want several."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis

from mattermost_site import caches, config
from mattermost_site.realtime import redis_sender, stream
from tests import services


@pytest.fixture(autouse=True)
def one_process() -> Iterator[None]:
    """Realtime is that of a single process, whatever the other tests of the run use."""
    with config.override(**{"CacheSettings.CacheType": "lru"}):
        yield
    stream.detach()


@pytest.fixture(scope="module")
def redis_address() -> Iterator[str]:
    """A Redis for the tests of one file."""
    with services.redis() as address:
        yield address


@pytest.fixture
def stream_redis(one_process: None, redis_address: str) -> Iterator[redis.Redis]:
    """Realtime goes through this Redis, which is empty."""
    with using_redis(redis_address) as client:
        client.flushall()
        yield client


@contextmanager
def using_redis(address: str) -> Iterator[redis.Redis]:
    """Within it, realtime goes through the Redis at ``address``; yields a client of it."""
    values = {"CacheType": "redis", "RedisAddress": address, "RedisDB": 0, "RedisPassword": ""}
    host, _, port = address.rpartition(":")
    stream.detach()
    with (
        config.override(**{f"CacheSettings.{name}": value for name, value in values.items()}),
        redis.Redis(host, int(port)) as client,
    ):
        yield client
    redis_sender.forgive(redis_sender.lost())
    caches.listening(False)
    stream.detach()
