"""The parent: keeps N workers alive, passes signals on, never serves anything itself.

It has no thread and no database connection, so it can fork a new worker at any time,
and a worker shares with it the memory of all that was imported.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence

from mattermost_site import metrics

logger = logging.getLogger(__name__)

WATCHED = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
RESTART_PAUSE = 1.0  # seconds, for a worker that dies within its first seconds
SHORT_LIFE = 3.0  # seconds
DRAIN_LIMIT = 30.0  # seconds that a worker has to finish its requests


class Supervisor:
    """Runs ``serve(number)`` in ``count`` forked workers and restarts those that die."""

    def __init__(self, *, count: int, serve: Callable[[int], None], listening: Sequence[socket.socket] = ()) -> None:
        self.count = count
        self.serve = serve
        self.listening = listening
        self.workers: dict[int, tuple[int, float]] = {}  # process id → number, start
        self._alive, self._held = os.pipe()  # a worker reads the end of it when the parent is gone, however it went

    def run(self) -> int:
        """Serve until SIGTERM or SIGINT; returns the exit status."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        for number in range(self.count):
            self._start(number)
        while True:
            caught = signal.sigwait(WATCHED)
            if caught == signal.SIGCHLD:
                self._restart_dead()
            elif caught == signal.SIGHUP:
                self._signal_all(signal.SIGHUP)
            else:
                return self._drain()

    def _start(self, number: int) -> None:
        sys.stdout.flush()
        pid = os.fork()
        if pid:
            self.workers[pid] = (number, time.monotonic())
            return
        status = 1
        try:
            os.close(self._held)
            threading.Thread(target=self._end_with_parent, name="parent", daemon=True).start()
            signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until the worker listens; it reads its settings after that
            signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
            self.serve(number)
            status = 0
        except BaseException:  # noqa: BLE001 - a forked child must never return into the parent's code
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(status)

    def _end_with_parent(self) -> None:
        """Wait for the parent's death: nobody would restart this worker, and a new server could not have its port."""
        os.read(self._alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _reap(self) -> list[tuple[int, float, int]]:
        """The workers that ended: number, lifetime in seconds, raw status."""
        ended = []
        while self.workers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            if pid in self.workers:
                number, started = self.workers.pop(pid)
                metrics.forget_worker(pid)
                ended.append((number, time.monotonic() - started, status))
        return ended

    def _restart_dead(self) -> None:
        for number, lifetime, status in self._reap():
            logger.error("worker %s ended with status %s; starting it again", number, os.waitstatus_to_exitcode(status))
            if lifetime < SHORT_LIFE:
                time.sleep(RESTART_PAUSE)
            self._start(number)

    def _signal_all(self, number: signal.Signals) -> None:
        for pid in self.workers:
            os.kill(pid, number)

    def _drain(self) -> int:
        for shared in self.listening:
            shared.close()  # as long as one process has it open, new connections wait instead of being refused
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + DRAIN_LIMIT
        while self.workers and time.monotonic() < deadline:
            signal.sigtimedwait({signal.SIGCHLD}, 0.2)
            self._reap()
        self._signal_all(signal.SIGKILL)
        return 0 if not self.workers else 1
