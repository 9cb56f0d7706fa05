"""Processes that live as long as a ``with`` block."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

HOST = "127.0.0.1"
START_LIMIT = 60.0  # seconds that a service has to answer
STOP_LIMIT = 40.0  # seconds that it has to end; the server gives its own workers 30
DUMP_LIMIT = 2.0  # seconds that one has to say where it hangs
LOG_TAIL = 6000  # characters of a log that an error shows


class ServiceError(RuntimeError):
    """A service is not installed, or did not start; the text ends with the tail of its log."""


def free_port() -> int:
    """A port of loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def exit_on_sigterm() -> None:
    """Make SIGTERM end this program by an exception, so that the processes it started are ended too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def program(name: str) -> str:
    """The path of an installed program; ServiceError when there is none."""
    if path := shutil.which(name):
        return path
    raise ServiceError(f"{name} is not installed; `make test` as root installs it")


@contextmanager
def folder(name: str, owner: str | None = None) -> Iterator[Path]:
    """A temporary folder, of the system user ``owner`` if one is named."""
    path = Path(tempfile.mkdtemp(prefix=f"chat-{name}-"))
    if owner:
        shutil.chown(path, owner)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def run(command: Sequence[str], *, cwd: Path, user: str | None = None) -> None:
    """Run a program to its end as ``user``; ServiceError with what it said when it fails."""
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, user=user, group=user, extra_groups=_groups(user)
    )
    if done.returncode:
        raise ServiceError(f"{command[0]} failed\n{done.stderr[-LOG_TAIL:]}")


@contextmanager
def process(
    command: Sequence[str],
    *,
    cwd: Path,
    log: Path,
    ready: Callable[[], bool],
    stop: signal.Signals = signal.SIGTERM,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a service until the block is left; its output goes to ``log``. ServiceError when it does not start.

    It is told to end also when this process dies without a word (``setpriv``, on Linux).
    """
    if keeper := shutil.which("setpriv"):
        command = [keeper, "--pdeathsig", stop.name.removeprefix("SIG"), *command]
    with log.open("ab") as output:
        started = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user,
            group=user,
            extra_groups=_groups(user),
        )
    try:
        _wait(started, ready, log)
        yield started
    finally:
        _end(started, stop)


def answers(question: Callable[[], object], absent: type[Exception]) -> Callable[[], bool]:
    """Whether ``question`` is answered, that is, does not raise ``absent``."""

    def ready() -> bool:
        try:
            question()
        except absent:
            return False
        return True

    return ready


def _groups(user: str | None) -> list[str | int] | None:
    """No group of ours for another user; None keeps what this process has."""
    return [] if user else None


def _wait(started: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not ready():
        if started.poll() is not None:
            raise _failure(started, f"ended with status {started.returncode}", log)
        if time.monotonic() > deadline:
            _dump(started)
            raise _failure(started, "does not answer", log)
        time.sleep(0.05)


def _failure(started: subprocess.Popen[bytes], what: str, log: Path) -> ServiceError:
    return ServiceError(f"{started.args!r} {what}\n{log.read_text(errors='replace')[-LOG_TAIL:]}")


def _dump(started: subprocess.Popen[bytes]) -> None:
    """Have Python with PYTHONFAULTHANDLER, and the workers it forked, write where each thread is; this ends them."""
    os.killpg(started.pid, signal.SIGABRT)
    with suppress(subprocess.TimeoutExpired):
        started.wait(DUMP_LIMIT)


def _end(started: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    if started.poll() is None:
        started.send_signal(stop)
    try:
        started.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
