"""What Prometheus reads: numbers of all workers of the node, in its text format."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families
from websockets.sync.client import ClientConnection, connect

from tests.services import Server
from tests.system.conftest import Person

PATIENCE = 15  # seconds
SOCKETS = "mattermost_http_websockets_total"
REQUESTS = "mattermost_api_time_count"


def scrape(live: Server) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by its name and sorted labels."""
    text = httpx.get(live.metrics_url, timeout=10).raise_for_status().text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(live: Server, name: str, **labels: str) -> float:
    return scrape(live).get((name, tuple(sorted(labels.items()))), 0)


def wait_for(live: Server, wanted: float, name: str, **labels: str) -> None:
    end = time.monotonic() + PATIENCE
    while (found := value(live, name, **labels)) != wanted:
        assert time.monotonic() < end, f"{name} is {found}"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def person(sign_up: Callable[[str], Person]) -> Person:
    return sign_up("anna")


def opening(live: Server, person: Person) -> ClientConnection:
    address = live.url.replace("http", "ws", 1) + "/api/v4/websocket"
    return connect(address, additional_headers={"Authorization": f"Bearer {person.token}"})


def test_it_counts_requests_by_handler_method_and_status(live: Server, person: Person) -> None:
    labels = {"handler": "getUser", "method": "GET", "status_code": "200"}
    before = value(live, REQUESTS, **labels)
    for _ in range(3):
        person.http.get("/users/me").raise_for_status()
    assert value(live, REQUESTS, **labels) == before + 3


def test_it_measures_how_long_requests_take(live: Server, person: Person) -> None:
    labels = {"handler": "getUser", "method": "GET", "status_code": "200"}
    person.http.get("/users/me").raise_for_status()
    assert 0 < value(live, "mattermost_api_time_sum", **labels) < 60
    assert value(live, "mattermost_api_time_bucket", **labels, le="+Inf") == value(live, REQUESTS, **labels)


def test_strangers_do_not_make_names(live: Server) -> None:
    """Each name costs memory in every process, and in Prometheus for good."""
    for number in range(5):
        httpx.get(f"{live.url}/api/v4/nothing{number}")
        httpx.request("PROPFIND", f"{live.url}/nothing{number}")
    assert not [name for name, labels in scrape(live) if "nothing" in str(labels) or "PROPFIND" in str(labels)]


def test_it_counts_open_sockets(live: Server, person: Person) -> None:
    with opening(live, person) as first, opening(live, person) as second:
        first.recv(PATIENCE)
        second.recv(PATIENCE)
        wait_for(live, 2, SOCKETS)
    wait_for(live, 0, SOCKETS)


def test_it_counts_events(live: Server, person: Person) -> None:
    with opening(live, person) as chat:
        chat.recv(PATIENCE)
        before = value(live, "mattermost_websocket_event_total", type="user_updated")
        person.http.put("/users/me/patch", json={"nickname": "A"}).raise_for_status()
        while '"user_updated"' not in str(chat.recv(PATIENCE)):
            continue
    assert value(live, "mattermost_websocket_event_total", type="user_updated") > before


def test_it_counts_jobs_by_state(live: Server) -> None:
    samples = scrape(live)
    for state in ("waiting", "running", "dead"):
        assert ("mattermost_outbox_rows", (("state", state),)) in samples


def test_a_dead_worker_has_no_sockets_any_more(live: Server, person: Person) -> None:
    with opening(live, person) as chat:
        chat.recv(PATIENCE)
        wait_for(live, 1, SOCKETS)
        before = value(live, REQUESTS, handler="getUser", method="GET", status_code="200")
        for worker in psutil.Process(live.process.pid).children():
            os.kill(worker.pid, signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            assert value(live, SOCKETS) == 0
            break
        except (httpx.HTTPError, AssertionError):
            assert time.monotonic() < end, "its sockets are still counted"
            time.sleep(0.1)
    assert value(live, REQUESTS, handler="getUser", method="GET", status_code="200") >= before


def test_a_silent_scraper_does_not_keep_others_out(live: Server) -> None:
    place = urlsplit(live.metrics_url)
    with socket.create_connection((place.hostname, place.port), PATIENCE):
        assert scrape(live)
