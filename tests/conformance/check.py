"""Plays recorded scenarios against a server started here and holds what matches against the baseline.

    python -m tests.conformance.check check                       the baseline's scenarios, in every mode
    python -m tests.conformance.check check --only posts -v       some, with every difference
    python -m tests.conformance.check baseline                    raise the baseline's numbers to what matches now
    python -m tests.conformance.check baseline --only posts       the same, and add scenarios ("all" for all)

The recordings lie beside this repository (``CONFORMANCE_DIR`` names another place). The
baseline says, for each mode and scenario, how many replies and how many steps with events
match. A number may rise, by the second command; one that falls fails the check.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.processes import ServiceError, exit_on_sigterm
from tests.services import ROOT, Server, production, server

BASELINE = Path(__file__).with_name("baseline.json")
RECORDINGS = Path(os.environ.get("CONFORMANCE_DIR", ROOT.parent / "shared" / "conformance"))
LOGS = ROOT / "logs"
MODES = ("embedded", "production")  # SQLite and one process; PostgreSQL, Redis, two processes and Celery
AGAIN = 25  # scenarios that fell are played a second time if they are not more
SHOWN = 8  # differing steps of a scenario that fell
LINE = re.compile(r"(\S+) +replies +(\d+)/\d+ +events +(\d+)/\d+ +[\d.]+ s")


@dataclass(frozen=True, slots=True)
class Score:
    """How many steps of a scenario match: replies, and events of those steps that have any."""

    replies: int = 0
    events: int = 0

    def missing(self, wanted: Score) -> int:
        """How many steps of ``wanted`` this lacks."""
        return max(wanted.replies - self.replies, 0) + max(wanted.events - self.events, 0)

    def best(self, other: Score) -> Score:
        """The higher of each number."""
        return Score(max(self.replies, other.replies), max(self.events, other.events))

    def __str__(self) -> str:
        return f"{self.replies} replies, {self.events} events"


Scores = dict[str, Score]


def parse_line(line: str) -> tuple[str, Score] | None:
    """Scenario and score of a line that ``run.py`` prints for each; None for its other lines."""
    match = LINE.fullmatch(line.strip())
    return (match[1], Score(int(match[2]), int(match[3]))) if match else None


def read_baseline(path: Path = BASELINE) -> dict[str, Scores]:
    """Mode → scenario → score; empty when there is no baseline yet."""
    raw = json.loads(path.read_text()) if path.exists() else {}
    return {mode: {name: Score(**score) for name, score in raw.get(mode, {}).items()} for mode in MODES}


def write_baseline(baseline: Mapping[str, Scores], path: Path = BASELINE) -> None:
    """One line a scenario, so that a change reads well in a diff."""
    blocks = []
    for mode, scores in baseline.items():
        rows = [f'  "{n}": {{"replies": {s.replies}, "events": {s.events}}}' for n, s in sorted(scores.items())]
        blocks.append(f' "{mode}": {{\n' + ",\n".join(rows) + "\n }")
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n")


@contextmanager
def running(mode: str) -> Iterator[Server]:
    """An empty server in that mode; its logs are kept in ``logs/``."""
    surroundings: AbstractContextManager[dict[str, str]] = production() if mode == "production" else nullcontext({})
    with surroundings as env, server(env, workers=2 if mode == "production" else 1) as started:
        try:
            yield started
        finally:
            LOGS.mkdir(exist_ok=True)
            for log in started.folder.glob("*.log"):
                shutil.copy(log, LOGS / f"conformance-{mode}-{log.name}")


def play(mode: str, only: Sequence[str], *, jobs: int, verbose: bool) -> tuple[Scores, list[dict[str, Any]]]:
    """Scores and differing steps of the scenarios whose names contain one of ``only`` (all, if it is empty)."""
    scores: Scores = {}
    with running(mode) as started, tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "differences.json"
        command = [sys.executable, str(RECORDINGS / "run.py"), "check", "--url", started.url, "--jobs", str(jobs)]
        command += ["--json", str(report), *(["-v"] if verbose else ["--show", "0"])]
        command += ["--only", ",".join(only)] if only else []
        for line in _lines_of(command):
            print(line, end="", flush=True)
            if parsed := parse_line(line):
                scores[parsed[0]] = parsed[1]
        differences = json.loads(report.read_text()) if report.exists() else []
    return scores, differences


def _lines_of(command: Sequence[str]) -> Iterator[str]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as player:
        try:
            yield from player.stdout or ()
        except BaseException:
            player.kill()  # otherwise it would be waited for
            raise


def compare(mode: str, wanted: Scores, now: Scores, differences: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Say what fell; returns how many steps of the baseline match and how many do not."""
    total = failed = 0
    for name, score in sorted(wanted.items()):
        total += score.replies + score.events
        if lost := now.get(name, Score()).missing(score):
            failed += lost
            print(f"\n{mode} {name} fell: {score} in the baseline, {now.get(name, 'not played')} now")
            for row in [row for row in differences if row["scenario"] == name][:SHOWN]:
                print(f"  step {row['step']} as {row['as']}: {row['request']} {row['note']}")
                print("".join(f"      {problem}\n" for problem in [*row["problems"], *row["events"]][:4]), end="")
    return total - failed, failed


def tell_risen(mode: str, wanted: Scores, now: Scores) -> None:
    """Say what matches more than the baseline says, and how to raise it."""
    risen = {name for name, score in now.items() if wanted.get(name, Score()).missing(score)}
    if risen:
        unknown = ",".join(sorted(risen - wanted.keys()))
        print(f"\n{mode}: better than the baseline: {', '.join(sorted(risen))}")
        print("Raise it with: make conformance-baseline" + (f" ONLY={unknown}" if unknown else ""))


def check(args: argparse.Namespace) -> int:
    """Hold the chosen modes against the baseline. The last line counts steps of the baseline."""
    passed = failed = 0
    only = args.only.split(",") if args.only else []
    baseline = read_baseline()
    for mode in args.mode or MODES:
        wanted = {n: s for n, s in baseline[mode].items() if not only or any(part in n for part in only)}
        print(f"\n== conformance, {mode}", flush=True)
        now, differences = _attempt(mode, only or list(wanted), args) if only or wanted else ({}, [])
        now, differences = _second_look(mode, wanted, now, differences, args)
        held, lost = compare(mode, wanted, now, differences)
        tell_risen(mode, wanted, now)
        passed, failed = passed + held, failed + lost
    print(f"\nconformance: {passed} passed, {failed} failed")
    return 1 if failed or not (passed or only) else 0


def _second_look(
    mode: str, wanted: Scores, now: Scores, differences: list[dict[str, Any]], args: argparse.Namespace
) -> tuple[Scores, list[dict[str, Any]]]:
    """Play a few scenarios that fell once more, one at a time.

    The player waits a quarter of a second for events; with eight scenarios at once on two
    cores one may come later, and that says nothing about the server.
    """
    fallen = [name for name, score in wanted.items() if now.get(name, Score()).missing(score)]
    if not 0 < len(fallen) <= AGAIN:
        return now, differences
    print(f"\nonce more, one at a time: {', '.join(fallen)}", flush=True)
    again, differences = _attempt(mode, fallen, argparse.Namespace(jobs=1, verbose=args.verbose))
    return now | {name: score.best(now.get(name, Score())) for name, score in again.items()}, differences


def _attempt(mode: str, only: Sequence[str], args: argparse.Namespace) -> tuple[Scores, list[dict[str, Any]]]:
    """``play``; a server that does not start has played nothing, so that the count is still made."""
    try:
        return play(mode, only, jobs=args.jobs, verbose=args.verbose)
    except ServiceError as error:
        print(error)
        return {}, []


def raise_baseline(args: argparse.Namespace) -> int:
    """Write what matches now where it is more than the baseline says. Lowering is for hand and reason."""
    baseline = read_baseline()
    for mode in args.mode or MODES:
        print(f"\n== conformance, {mode}", flush=True)
        only = [] if args.only == "all" else args.only.split(",") if args.only else list(baseline[mode])
        now, differences = play(mode, only, jobs=args.jobs, verbose=args.verbose)
        compare(mode, {n: s for n, s in baseline[mode].items() if n in now}, now, differences)
        added = {name: score.best(baseline[mode].get(name, Score())) for name, score in now.items()}
        baseline[mode] |= {n: s for n, s in added.items() if args.only or n in baseline[mode]}
        write_baseline(baseline)
    return 0


def main() -> int:
    """The command line; see the module's text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("check", "baseline"))
    parser.add_argument("--mode", choices=MODES, action="append", help="only this mode (may be repeated)")
    parser.add_argument("--only", default="", help="comma-separated parts of scenario names")
    parser.add_argument("--jobs", type=int, default=8, help="how many scenarios to play at a time")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every difference")
    args = parser.parse_args()
    if not (RECORDINGS / "run.py").exists():
        sys.exit(f"There are no recordings in {RECORDINGS}; CONFORMANCE_DIR names another place.")
    exit_on_sigterm()
    return check(args) if args.what == "check" else raise_baseline(args)


if __name__ == "__main__":
    sys.exit(main())
