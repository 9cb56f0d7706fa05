"""The services that tests stand on are real, empty, and gone afterwards."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import psycopg
import pytest
import redis as redis_client

from tests.processes import HOST, ServiceError, free_port, process
from tests.services import fresh_database, postgres, redis


def is_open(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex((HOST, port)) == 0


def test_it_gives_an_empty_database() -> None:
    with postgres() as address, psycopg.connect(address) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert found == (0,)


def test_it_keeps_fresh_databases_apart() -> None:
    with postgres() as cluster, fresh_database(cluster) as first, fresh_database(cluster) as second:
        with psycopg.connect(first) as connection:
            connection.execute("CREATE TABLE posts (id text)")
        with psycopg.connect(second) as connection:
            assert connection.execute("SELECT to_regclass('posts')").fetchone() == (None,)


def test_it_ends_a_cluster() -> None:
    with postgres() as address:
        port = psycopg.conninfo.conninfo_to_dict(address)["port"]
    assert not is_open(int(str(port)))


def test_it_gives_an_empty_redis() -> None:
    with redis() as address:
        host, port = address.split(":")
        with redis_client.Redis(host, int(port)) as client:
            assert client.dbsize() == 0


def test_it_shows_the_log_of_what_does_not_start(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such setting')"]
    with (
        pytest.raises(ServiceError, match="no such setting"),
        process(command, cwd=tmp_path, log=tmp_path / "log", ready=lambda: False),
    ):
        pass


def test_it_shows_where_hangs_what_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.processes.START_LIMIT", 1.0)
    command = [sys.executable, "-X", "faulthandler", "-c", "import threading; threading.Event().wait()"]
    with (
        pytest.raises(ServiceError, match=r"threading.py., line \d+ in wait"),
        process(command, cwd=tmp_path, log=tmp_path / "log", ready=lambda: False),
    ):
        pass


def test_it_kills_what_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.processes.STOP_LIMIT", 0.2)
    port = free_port()
    code = (
        "import signal, socket, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"held = socket.create_server(('{HOST}', {port})); time.sleep(60)"
    )
    with process([sys.executable, "-c", code], cwd=tmp_path, log=tmp_path / "log", ready=lambda: is_open(port)):
        pass
    assert not is_open(port)
