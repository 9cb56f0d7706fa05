"""``manage.py serve``: prepare the database, then serve with N workers."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from mattermost_site import adoption, config, jobs
from mattermost_site.metrics import FOLDER


def listen(address: str) -> socket.socket:
    """A listening socket for ``:8065``, ``127.0.0.1:8065`` or ``[::1]:8065``; CommandError when it cannot be had."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    if not port.isdigit() or int(port) > 65535:
        raise CommandError(f"The listen address {address!r} is not of the form host:port.")
    try:
        if not host and socket.has_dualstack_ipv6():
            return socket.create_server(("", int(port)), family=socket.AF_INET6, dualstack_ipv6=True, backlog=2048)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, int(port)), family=family, backlog=2048)
    except OSError as error:
        raise CommandError(f"Cannot listen on {address}: {error.strerror}.") from error


class Command(BaseCommand):
    help = "Serves the API, sockets and web pages; creates or migrates the database first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, default=1, help="processes that serve (default 1)")
        parser.add_argument("--no-migrate", action="store_true", help="leave the database's tables as they are")

    def handle(self, *args: Any, workers: int, no_migrate: bool, **options: Any) -> None:
        settings = config.current()
        self._check(workers)
        listening = listen(settings.service.listen_address)
        metrics = listen(settings.metrics.listen_address) if settings.metrics.listen_address else None
        self._prepare_database(migrate=not no_migrate)
        if not no_migrate:
            config.reload()  # one kept in the database could not be read before its table was there
            jobs.ensure_recurring()
        connections.close_all()
        with tempfile.TemporaryDirectory(prefix="metrics-") as folder:
            os.environ[FOLDER] = folder
            sys.exit(self._supervise(workers, listening, metrics))

    def _supervise(self, workers: int, listening: socket.socket, metrics: socket.socket | None) -> int:
        from mattermost_site.serving import worker
        from mattermost_site.serving.supervisor import Supervisor

        import mattermost_site.asgi  # noqa: F401  # isort: skip - loaded before the fork, so that workers share it

        self.stdout.write(f"Serving on {self._address(listening)} (stop with Ctrl+C)")
        self.stdout.flush()

        def serve(number: int) -> None:
            worker.serve(number, listening=listening, metrics=metrics)

        shared = [listening, metrics] if metrics else [listening]
        return Supervisor(count=workers, serve=serve, listening=shared).run()

    def _check(self, workers: int) -> None:
        settings = config.current()
        if workers < 1:
            raise CommandError("--workers must be at least 1.")
        if workers > 1 and settings.cache.cache_type != "redis":
            raise CommandError("More than one worker needs Redis: set MM_CACHESETTINGS_CACHETYPE=redis.")
        if workers > 1 and settings.sql.driver_name == "sqlite":
            raise CommandError("More than one worker needs PostgreSQL: set MM_SQLSETTINGS_DRIVERNAME=postgres.")

    def _prepare_database(self, *, migrate: bool) -> None:
        try:
            adoption.refuse_unadopted()
            if migrate:
                call_command("migrate", verbosity=0, interactive=False)
            adoption.refuse_plain_tokens()
        except OperationalError as error:
            raise CommandError(f"Cannot use the database: {str(error).strip().splitlines()[0].rstrip('.')}.") from error

    def _address(self, listening: socket.socket) -> str:
        site = config.current().service.site_url
        return site or f"http://localhost:{listening.getsockname()[1]}"
