"""A Celery worker works by the configuration that is in force, although nobody tells it of changes."""

from __future__ import annotations

import pytest

from mattermost_site import celery, config, jobs
from mattermost_site.config.errors import ConfigError


def test_it_reads_the_configuration_before_each_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    batches = [2, 1, 0]

    def run_due() -> int:
        done.append("batch")
        return batches.pop(0)

    monkeypatch.setattr(config, "reload", lambda: done.append("configuration"))
    monkeypatch.setattr(jobs, "run_due", run_due)
    assert celery.drain() == 3
    assert done == ["configuration", "batch"] * 3


def test_it_works_on_when_the_configuration_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ConfigError("not now")

    batches = [2, 0]
    monkeypatch.setattr(config, "reload", refuse)
    monkeypatch.setattr(jobs, "run_due", lambda: batches.pop(0))
    assert celery.drain() == 2
