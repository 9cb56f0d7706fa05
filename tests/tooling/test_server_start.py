"""The server that tests and checks play against is a real one, in both forms."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import psutil

from tests.services import production, server
from tests.tooling.test_services_start import is_open


def test_it_serves_without_any_service_until_the_block_ends() -> None:
    with server() as running:
        assert httpx.get(f"{running.url}/api/v4/system/ping").json()["status"] == "OK"
    assert not is_open(urlsplit(running.url).port or 0)


def test_it_ends_in_order() -> None:
    with server() as running:
        pass
    assert running.process.returncode == 0


def test_it_keeps_to_its_folder() -> None:
    with server() as running:
        assert {path.name for path in running.folder.iterdir()} >= {"config.json", "chat.db", "server.log"}


def test_it_serves_with_as_many_workers_as_asked_for() -> None:
    with production() as env, server(env, workers=2) as running:
        assert len(psutil.Process(running.process.pid).children()) == 2
