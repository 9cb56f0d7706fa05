"""Real services for tests, checks and measurements: PostgreSQL, Redis, and the server with its Celery worker.

Each is a context manager: a process in a temporary folder, on a free port of loopback,
that answers when the block begins and is gone when it ends. PostgreSQL and Redis come
from Debian's packages; clusters that the machine itself runs are not touched.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import redis as redis_client
from psycopg import sql

from tests.environment import variables
from tests.processes import HOST, answers, folder, free_port, process, program, run

ROOT = Path(__file__).resolve().parent.parent
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server of this repository; ``folder`` holds its configuration, files, SQLite database and logs."""

    url: str
    metrics_url: str
    process: subprocess.Popen[bytes]
    folder: Path
    log: Path


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL cluster with one empty database; yields its address (``SqlSettings.DataSource``).

    Without ``durable`` nothing is flushed to disk; with it, settings are the stock ones.
    """
    programs = _postgres_programs()
    owner = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    with folder("postgres", owner) as place:
        data, port = str(place / "data"), free_port()
        command = [str(programs / "initdb"), "-D", data, "-U", "chat", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        run([*command, *(() if durable else ("--no-sync",))], cwd=place, user=owner)
        command = [str(programs / "postgres"), "-D", data]
        fixed = (f"port={port}", f"listen_addresses={HOST}", "unix_socket_directories=", "max_connections=200")
        for setting in (*fixed, *(() if durable else UNSAFE)):
            command += ["-c", setting]
        address = f"postgres://chat@{HOST}:{port}/{{}}?sslmode=disable"
        ready = answers(lambda: psycopg.connect(address.format("postgres")).close(), psycopg.OperationalError)
        with process(command, cwd=place, log=place / "log", ready=ready, stop=signal.SIGINT, user=owner):
            _execute(address.format("postgres"), "CREATE DATABASE {}", "chat")
            yield address.format("chat")


@contextmanager
def fresh_database(address: str) -> Iterator[str]:
    """A new, empty database in the cluster of ``address``; yields its address. It is dropped at the end."""
    name = f"chat_{uuid4().hex[:12]}"
    base, _, options = address.partition("?")
    _execute(address, "CREATE DATABASE {}", name)
    try:
        yield f"{base.rpartition('/')[0]}/{name}?{options}"
    finally:
        _execute(address, "DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that keeps nothing; yields ``host:port`` (``CacheSettings.RedisAddress``)."""
    with folder("redis") as place:
        port = free_port()
        command = [program("redis-server"), "--bind", HOST, "--port", str(port), "--save", "", "--dir", str(place)]
        with redis_client.Redis(HOST, port) as client:
            ready = answers(client.ping, redis_client.RedisError)
            with process(command, cwd=place, log=place / "log", ready=ready):
                yield f"{HOST}:{port}"


@contextmanager
def production(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """PostgreSQL and Redis; yields the variables that point the server, Celery and the tests at them."""
    with postgres(durable=durable) as database, redis() as cache:
        yield {
            "MM_SQLSETTINGS_DRIVERNAME": "postgres",
            "MM_SQLSETTINGS_DATASOURCE": database,
            "MM_CACHESETTINGS_CACHETYPE": "redis",
            "MM_CACHESETTINGS_REDISADDRESS": cache,
            "MM_CACHESETTINGS_REDISDB": "0",
        }


@contextmanager
def server(env: Mapping[str, str] | None = None, workers: int = 1) -> Iterator[Server]:
    """``manage.py serve`` as a process of its own: embedded, unless ``env`` says otherwise.

    With Redis, a Celery worker runs beside it, as in production.
    """
    with folder("server") as place:
        address, metrics = f"{HOST}:{free_port()}", f"{HOST}:{free_port()}"
        settings = {name: value for name, value in os.environ.items() if not name.startswith("MM_")}
        settings |= variables(place)
        settings |= {"MM_SERVICESETTINGS_LISTENADDRESS": address, "MM_METRICSSETTINGS_LISTENADDRESS": metrics}
        settings |= {"PYTHONFAULTHANDLER": "1", **(env or {})}  # a server that hangs then says where
        command = [sys.executable, "manage.py", "serve", "--workers", str(workers)]
        ready = answers(lambda: _ping(f"http://{address}"), httpx.HTTPError)
        with ExitStack() as stack:
            log = place / "server.log"
            started = stack.enter_context(process(command, cwd=ROOT, log=log, ready=ready, env=settings))
            if settings.get("MM_CACHESETTINGS_CACHETYPE") == "redis":
                stack.enter_context(_celery(settings, place / "celery.log"))
            yield Server(f"http://{address}", f"http://{metrics}", started, place, log)


@contextmanager
def _celery(settings: dict[str, str], log: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "mattermost_site", "worker", "--pool", "solo", "-l", "info"]
    with process(command, cwd=ROOT, log=log, ready=lambda: " ready." in log.read_text(), env=settings):
        yield


def _ping(url: str) -> None:
    httpx.get(f"{url}/api/v4/system/ping", timeout=5).raise_for_status()


def _execute(address: str, statement: str, name: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _postgres_programs() -> Path:
    """The folder of the newest PostgreSQL's programs, which Debian keeps off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return (found[-1] if found else Path(program("initdb"))).parent
