"""What every test stands on: a folder of its own run, and nobody outside this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from mattermost_site import caches
from tests.network import only_this_machine

# Here, not in addopts: the cast is made of models, which can be imported only after pytest-django's setup.
pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session", autouse=True)
def network_guard() -> Iterator[None]:
    """A connection to, or a name of, another machine fails the test that asks for it."""
    with only_this_machine():
        yield


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """The folder of this process: configuration file and file store (tests/environment.py)."""
    return Path(os.environ["MM_CONFIG"]).parent


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """Gives each process its own database, as in pytest-django, where that is not so anyway.

    SQLite's is in memory. pytest-django knows that of Django's own backend only, and
    would take the file's name, with a prefix before its folder, for a name of ours.
    """
    if connection.vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings_xdist_suffix")


@pytest.fixture
def serving() -> Iterator[None]:
    """Caches keep values, as in a process that serves and hears of changes; for tests that count statements."""
    caches.listening(True)
    yield
    caches.listening(False)


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    """No test profits from, or stumbles over, what another one had kept."""
    caches.clear_all()
    caches.forget_invalidations()
