"""A wrong setting ends the start with one clear sentence."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.environment import variables
from tests.processes import HOST, free_port
from tests.services import ROOT

START_LIMIT = 60  # seconds

WRONG = {
    "driver": ({"MM_SQLSETTINGS_DRIVERNAME": "oracle"}, ["MM_SQLSETTINGS_DRIVERNAME", "postgres"]),
    "address without port": (
        {"MM_SERVICESETTINGS_LISTENADDRESS": "localhost"},
        ["MM_SERVICESETTINGS_LISTENADDRESS", "host:port"],
    ),
    "port out of range": ({"MM_SERVICESETTINGS_LISTENADDRESS": ":99999"}, ["MM_SERVICESETTINGS_LISTENADDRESS"]),
    "address of nobody": ({"MM_SERVICESETTINGS_LISTENADDRESS": "192.0.2.1:8065"}, ["192.0.2.1:8065"]),
    "metrics address": ({"MM_METRICSSETTINGS_LISTENADDRESS": "nowhere"}, ["MM_METRICSSETTINGS_LISTENADDRESS"]),
    "data source": (
        {"MM_SQLSETTINGS_DRIVERNAME": "postgres", "MM_SQLSETTINGS_DATASOURCE": "somewhere"},
        ["DataSource", "postgres://"],
    ),
    "data source with a wrong port": (
        {"MM_SQLSETTINGS_DRIVERNAME": "postgres", "MM_SQLSETTINGS_DATASOURCE": "postgres://a:b@host:port/chat"},
        ["DataSource"],
    ),
    "unknown database host": (
        {"MM_SQLSETTINGS_DRIVERNAME": "postgres", "MM_SQLSETTINGS_DATASOURCE": "postgres://a:b@nobody.invalid/chat"},
        ["database", "nobody.invalid"],
    ),
    "database that refuses": (
        {"MM_SQLSETTINGS_DRIVERNAME": "postgres", "MM_SQLSETTINGS_DATASOURCE": f"postgres://a:b@{HOST}:1/chat"},
        ["database", HOST],
    ),
    "folder for SQLite that cannot be": ({"MM_SQLSETTINGS_DATASOURCE": "/proc/none/chat.db"}, ["/proc/none/chat.db"]),
    "not a number": ({"MM_TEAMSETTINGS_MAXUSERSPERTEAM": "many"}, ["MM_TEAMSETTINGS_MAXUSERSPERTEAM"]),
    "cache": ({"MM_CACHESETTINGS_CACHETYPE": "memcached"}, ["MM_CACHESETTINGS_CACHETYPE"]),
}


def start(folder: Path, env: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Try to serve; a server that starts is ended after the limit by an exception."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("MM_")} | variables(folder)
    settings["MM_SERVICESETTINGS_LISTENADDRESS"] = f"{HOST}:{free_port()}"
    settings["MM_METRICSSETTINGS_LISTENADDRESS"] = f"{HOST}:{free_port()}"
    command = [sys.executable, "manage.py", "serve", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**settings, **env}, capture_output=True, text=True, timeout=START_LIMIT, check=False
    )


def require_one_sentence(ended: subprocess.CompletedProcess[str], words: list[str]) -> None:
    assert ended.returncode not in (0, None)
    lines = (ended.stdout + ended.stderr).strip().splitlines()
    assert len(lines) == 1, ended.stderr
    assert all(word in lines[0] for word in words), lines[0]
    assert lines[0].endswith(".")


@pytest.mark.parametrize("case", WRONG)
def test_it_says_in_one_sentence_what_is_wrong(tmp_path: Path, case: str) -> None:
    env, words = WRONG[case]
    require_one_sentence(start(tmp_path, env), words)


def test_it_does_not_write_the_databases_password_when_it_cannot_connect(tmp_path: Path) -> None:
    source = f"postgres://chat:very-secret-1@{HOST}:1/chat"
    ended = start(tmp_path, {"MM_SQLSETTINGS_DRIVERNAME": "postgres", "MM_SQLSETTINGS_DATASOURCE": source})
    assert "very-secret-1" not in ended.stdout + ended.stderr


def test_it_refuses_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        address = f"{HOST}:{taken.getsockname()[1]}"
        ended = start(tmp_path, {"MM_SERVICESETTINGS_LISTENADDRESS": address})
    require_one_sentence(ended, [address, "in use"])


def test_it_refuses_several_workers_without_redis(tmp_path: Path) -> None:
    require_one_sentence(start(tmp_path, {}, "--workers", "2"), ["Redis", "MM_CACHESETTINGS_CACHETYPE"])


def test_it_refuses_to_serve_with_no_worker(tmp_path: Path) -> None:
    require_one_sentence(start(tmp_path, {}, "--workers", "0"), ["--workers"])


def test_it_refuses_a_file_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    require_one_sentence(start(tmp_path, {}), ["config.json"])
