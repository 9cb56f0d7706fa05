"""SIGHUP: settings that were edited in the file come into force, and wrong ones do not."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import psutil
import pytest

from tests.services import Server, server

PATIENCE = 15  # seconds


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """A server whose configuration file is in its folder."""
    with server() as started:
        yield started


def edit(running: Server, section: str, **values: Any) -> None:
    """Change the file as an administrator does, with an editor."""
    path = running.folder / "config.json"
    document = json.loads(path.read_text())
    document.setdefault(section, {}).update(values)
    path.write_text(json.dumps(document, indent=4))


def site_name(running: Server) -> str:
    return str(httpx.get(f"{running.url}/api/v4/config/client?format=old", timeout=5).json()["SiteName"])


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if condition():
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < end
        time.sleep(0.05)


def test_it_reads_an_edited_file(running: Server) -> None:
    edit(running, "TeamSettings", SiteName="Edited")
    assert site_name(running) != "Edited"
    running.process.send_signal(signal.SIGHUP)
    wait_for(lambda: site_name(running) == "Edited")


def test_a_worker_that_is_started_again_knows_what_was_edited(running: Server) -> None:
    """Its parent, from whose memory it begins, read the file at the very first start."""
    edit(running, "TeamSettings", SiteName="Edited twice")
    running.process.send_signal(signal.SIGHUP)
    wait_for(lambda: site_name(running) == "Edited twice")
    (worker,) = psutil.Process(running.process.pid).children()
    os.kill(worker.pid, signal.SIGKILL)
    wait_for(lambda: worker.pid not in {child.pid for child in psutil.Process(running.process.pid).children()})
    wait_for(lambda: bool(site_name(running)))
    assert site_name(running) == "Edited twice"


def test_it_keeps_its_settings_when_the_new_ones_are_wrong(running: Server) -> None:
    before = site_name(running)
    edit(running, "TeamSettings", SiteName="Never", MaxUsersPerTeam=-1)
    running.process.send_signal(signal.SIGHUP)
    wait_for(lambda: "the configuration stays as it was" in running.log.read_text())
    assert site_name(running) == before
    (line,) = [line for line in running.log.read_text().splitlines() if "stays as it was" in line]
    assert "MaxUsersPerTeam" in line
