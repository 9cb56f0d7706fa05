"""Celery, in installations with Redis: its workers drain the outbox, its messages only wake them."""

from __future__ import annotations

import logging
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mattermost_site.settings")

from celery import Celery
from django.db.utils import DatabaseError
from kombu.exceptions import OperationalError

from mattermost_site import config
from mattermost_site.config.errors import ConfigError

SWEEP = 30.0  # seconds between looks at the outbox that nobody asked for

logger = logging.getLogger(__name__)


def broker_url() -> str:
    """The Redis that carries the messages, from ``CacheSettings``."""
    cache = config.current().cache
    password = f":{cache.redis_password}@" if cache.redis_password else ""
    return f"redis://{password}{cache.redis_address}/{max(cache.redis_db, 0)}"


app = Celery("mattermost_site", broker=broker_url() if config.current().cache.cache_type == "redis" else "memory://")
app.conf.update(
    task_ignore_result=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"socket_timeout": 2, "socket_connect_timeout": 1},
    beat_schedule={"sweep": {"task": "mattermost_site.celery.drain", "schedule": SWEEP}},
)


@app.task(name="mattermost_site.celery.drain")  # type: ignore[untyped-decorator]
def drain() -> int:
    """Run all work that is due; returns how many rows were tried."""
    from mattermost_site import jobs

    total = 0
    follow_configuration()
    while done := jobs.run_due():
        total += done
        follow_configuration()
    return total


def follow_configuration() -> None:
    """Read the configuration again: this process does not listen to the stream that tells of its changes."""
    try:
        config.reload()
    except (ConfigError, OSError, DatabaseError) as error:
        logger.warning("the configuration cannot be read, the one from before stays in force: %s", error)


def wake() -> None:
    """Tell a Celery worker that there is work. The row waits in the outbox if nobody can be told."""
    try:
        drain.apply_async(retry=False, expires=SWEEP)
    except OperationalError as error:
        logger.warning("nobody could be woken for new jobs: %s", error)
