"""A worker that is killed while people post costs no acknowledged post."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import psutil
from websockets.sync.client import connect

from tests.services import Server
from tests.system.conftest import Person

POSTERS = 4
KILLS = 3
PAUSE = 0.7  # seconds of posting between two kills
PATIENCE = 20  # seconds


class Poster(threading.Thread):
    """Posts as fast as it is answered, and remembers which posts were acknowledged."""

    def __init__(self, base: str, token: str, channel_id: str, name: str) -> None:
        super().__init__(daemon=True)
        self.base, self.token, self.channel_id, self.label = base, token, channel_id, name
        self.acknowledged: list[str] = []
        self.failures = 0
        self.over = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.over.is_set():
            number += 1
            body = {"channel_id": self.channel_id, "message": f"{self.label} {number}"}
            try:
                reply = httpx.post(
                    f"{self.base}/api/v4/posts",
                    json=body,
                    headers={"Authorization": f"Bearer {self.token}"},
                    timeout=PATIENCE,
                )
            except httpx.HTTPError:
                self.failures += 1
                time.sleep(0.05)
                continue
            if reply.status_code == 201:
                self.acknowledged.append(reply.json()["id"])
            else:
                self.failures += 1


def workers_of(live: Server) -> list[psutil.Process]:
    """The processes that serve: children of the parent, Celery's are elsewhere."""
    return psutil.Process(live.process.pid).children()


def wait_for_workers(live: Server, gone: int) -> None:
    """Until the killed one is replaced and the server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            is_up = httpx.get(f"{live.url}/api/v4/system/ping", timeout=2).status_code == 200
        except httpx.HTTPError:
            is_up = False
        if is_up and gone not in {worker.pid for worker in workers_of(live)} and workers_of(live):
            return
        time.sleep(0.05)
    raise AssertionError("the killed worker was never replaced")


def all_posts(person: Person, channel_id: str) -> dict[str, Any]:
    posts: dict[str, Any] = {}
    page = 0
    while True:
        found = person.http.get(f"/channels/{channel_id}/posts", params={"page": page, "per_page": 200}).json()
        posts |= found["posts"]
        if len(found["order"]) < 200:
            return posts
        page += 1


def test_it_keeps_every_acknowledged_post(live: Server, sign_up: Callable[[str], Person]) -> None:
    admin = sign_up("admin")
    team = admin.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})
    wanted = {"team_id": team["id"], "name": "talk", "display_name": "Talk", "type": "O"}
    channel_id = admin.post("/channels", wanted)["id"]
    posters = [Poster(live.url, admin.token, channel_id, f"poster {number}") for number in range(POSTERS)]
    for poster in posters:
        poster.start()
    for _ in range(KILLS):
        time.sleep(PAUSE)
        victim = workers_of(live)[0].pid
        os.kill(victim, signal.SIGKILL)
        wait_for_workers(live, victim)
    time.sleep(PAUSE)
    for poster in posters:
        poster.over.set()
    for poster in posters:
        poster.join(PATIENCE)
    acknowledged = [post_id for poster in posters for post_id in poster.acknowledged]
    stored = all_posts(admin, channel_id)
    assert len(acknowledged) > KILLS * POSTERS
    assert set(acknowledged) <= set(stored)
    ours = [post for post in stored.values() if post["message"].startswith("poster")]
    assert len({post["message"] for post in ours}) == len(ours), "a post was stored twice"
    total = admin.http.get(f"/channels/{channel_id}").json()["total_msg_count"]
    assert total == len(ours)


def test_it_lets_clients_come_back(live: Server, sign_up: Callable[[str], Person]) -> None:
    person = sign_up("ben")
    url = live.url.replace("http", "ws", 1) + "/api/v4/websocket"
    headers = {"Authorization": f"Bearer {person.token}"}
    with connect(url, additional_headers=headers) as socket:
        assert '"hello"' in str(socket.recv(PATIENCE))
    for worker in workers_of(live):
        os.kill(worker.pid, signal.SIGKILL)
        wait_for_workers(live, worker.pid)
    with connect(url, additional_headers=headers) as socket:
        assert '"hello"' in str(socket.recv(PATIENCE))
