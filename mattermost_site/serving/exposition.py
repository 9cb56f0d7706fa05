"""Scrapes of Prometheus, answered by a thread beside the server."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.db import DatabaseError, connection
from django.db.models import Count
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from mattermost_site import metrics
from mattermost_site.jobs import DEAD, RUNNING, WAITING
from mattermost_site.models import Outbox

PATIENCE = 10  # seconds that a scraper has to say what it wants

logger = logging.getLogger(__name__)


class OutboxCollector(Collector):
    """How much work waits, runs, or was given up: counted when asked, because any process may do it."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily("mattermost_outbox_rows", "Jobs in the outbox, by state.", labels=["state"])
        try:
            found = dict(Outbox.objects.order_by().values_list("state").annotate(Count("id")))
        except DatabaseError as error:  # the other numbers are wanted most just then
            logger.warning("the outbox cannot be counted: %s", error)
            return
        finally:
            connection.close()  # its thread ends with the scrape
        for state in (WAITING, RUNNING, DEAD):
            family.add_metric([state], found.get(state, 0))
        yield family


class _Handler(WSGIRequestHandler):
    timeout = PATIENCE

    def log_message(self, format: str, *args: object) -> None:
        """Scrapes are not worth a line each."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A scraper that goes away or says nothing."""
        logger.debug("a scrape from %s failed: %s", client_address, sys.exception())


def serve(listening: socket.socket) -> None:
    """Answer scrapes on a listening socket until the process ends; returns at once."""
    registry = CollectorRegistry()
    registry.register(OutboxCollector())
    registry.register(_Workers())
    server = _Server(listening.getsockname()[:2], _Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_name, server.server_port = "localhost", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(make_wsgi_app(registry))
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()


class _Workers(Collector):
    """What the workers of this node noted."""

    def collect(self) -> Any:
        return metrics.registry().collect()
