"""The surroundings of a test run: settings that do not depend on who runs it.

A plugin of pytest (``addopts`` in pyproject.toml), because settings are read before any
conftest.py. Every process of a run, each worker of pytest-xdist included, gets a
configuration file, a data folder and a Redis database of its own, so that no test meets
another's events or files.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

# tests/run.py chooses PostgreSQL and Redis with these. Whatever else of MM_* is set is not meant for tests.
CHOSEN = (
    "MM_SQLSETTINGS_DRIVERNAME",
    "MM_SQLSETTINGS_DATASOURCE",
    "MM_CACHESETTINGS_CACHETYPE",
    "MM_CACHESETTINGS_REDISADDRESS",
)
QUICK_ITERATIONS = "10"  # of the password hash; in production 600,000, which take a fifth of a second


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Prepare the variables before pytest-django, which reads the settings in this hook."""
    prepare()
    return (yield)


def prepare() -> None:
    """Set this process's variables; its folder goes when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="chat-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    postgres = os.environ.get("MM_SQLSETTINGS_DRIVERNAME") == "postgres"
    chosen = {name: os.environ[name] for name in CHOSEN if postgres and name in os.environ}
    for name in [name for name in os.environ if name.startswith("MM_")]:
        del os.environ[name]
    os.environ.update(variables(folder))
    os.environ.update(chosen)
    os.environ["MM_CACHESETTINGS_REDISDB"] = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")


def variables(folder: Path) -> dict[str, str]:
    """What points settings at ``folder`` for everything that is kept, and makes passwords quick to check."""
    return {
        "MM_CONFIG": str(folder / "config.json"),
        "MM_FILESETTINGS_DIRECTORY": str(folder / "files"),
        "MM_SQLSETTINGS_DRIVERNAME": "sqlite",
        "MM_SQLSETTINGS_DATASOURCE": str(folder / "chat.db"),
        "PASSWORD_ITERATIONS": QUICK_ITERATIONS,
    }
