"""Measures this server in production form and sets its figures beside the reference's.

    python -m bench.run LABEL [arguments of bench.py]

PostgreSQL with stock settings, Redis, Celery and two workers are started for it. The load
program and the reference's figures lie beside this repository (``BENCH_DIR`` names another
place). What comes out is kept in ``bench/results/LABEL.json`` and printed as a table, the
reference's figures scaled to this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.processes import exit_on_sigterm
from tests.services import ROOT, Server, production, server

LOAD = Path(os.environ.get("BENCH_DIR", ROOT.parent / "shared" / "bench"))
RESULTS = Path(__file__).with_name("results")
WORKERS = 2
MACHINE = re.compile(r"machine: ([\d.]+) ms")
FANOUT = re.compile(r"fan-out, ([\d,]+) sockets")
NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figures:
    """One row: requests or deliveries a second, latency in ms, CPU in ms a request (fan-out: s per 100,000)."""

    per_second: float
    p50: float
    p99: float
    cpu: float

    def scaled(self, factor: float) -> Figures:
        """The same on a machine that needs ``factor`` times as long for the same work."""
        return Figures(self.per_second / factor, self.p50 * factor, self.p99 * factor, self.cpu * factor)


def read_reference(text: str) -> tuple[float, dict[str, Figures]]:
    """The reference's machine figure in ms, and path → figures, from the load program's README."""
    machine = re.search(r"`machine: ([\d.]+) ms`", text)
    rows: dict[str, Figures] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        numbers = [NUMBER.match(cell) for cell in cells[1:]]
        if len(numbers) == 4 and all(numbers):
            fanout = FANOUT.fullmatch(cells[0])
            name = f"fanout_{fanout[1].replace(',', '')}" if fanout else cells[0]
            rows[name] = Figures(*(float(number[0].replace(",", "")) for number in numbers if number))
    return float(machine[1]) if machine else 0.0, rows


def figures_of(row: Mapping[str, Any]) -> Figures:
    """The figures of one row that ``bench.py`` wrote."""
    if "deliveries_per_s" in row:
        return Figures(row["deliveries_per_s"], row["p50_ms"] or 0, row["p99_ms"] or 0, row["cpu_s_per_100k"])
    return Figures(row["per_s"], row["p50_ms"], row["p99_ms"], row["cpu_ms"])


def table(rows: Sequence[Mapping[str, Any]], machine: float, reference: tuple[float, dict[str, Figures]]) -> str:
    """Markdown: ours, the reference's scaled to this machine, and ours as a share of it."""
    lines = [
        "| path | per second | reference | share | p50 ms | p99 ms | reference | CPU | reference |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        ours, theirs = figures_of(row), reference[1].get(row["path"])
        if theirs is None:
            lines.append(f"| {row['path']} | {ours.per_second:,.0f} | | | {ours.p50} | {ours.p99} | | {ours.cpu} | |")
            continue
        there = theirs.scaled(machine / reference[0]) if reference[0] else theirs
        share = f"{100 * ours.per_second / there.per_second:.0f} %"
        lines.append(
            f"| {row['path']} | {ours.per_second:,.0f} | {there.per_second:,.0f} | {share} | {ours.p50} | {ours.p99} "
            f"| {there.p99:.1f} | {ours.cpu} | {there.cpu:.2f} |"
        )
    return "\n".join(lines)


def measure(running: Server, arguments: Sequence[str]) -> tuple[float, list[dict[str, Any]]]:
    """Load a server; returns the machine figure in ms and the rows of ``bench.py``."""
    pids = ",".join(str(child.pid) for child in psutil.Process(running.process.pid).children())
    machine = 0.0
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.json"
        command = [sys.executable, str(LOAD / "bench.py"), "--url", running.url, "--pids", pids, "--out", str(out)]
        with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True) as load:
            for line in load.stdout or ():
                print(line, end="", flush=True)
                if found := MACHINE.search(line):
                    machine = float(found[1])
        if load.returncode:
            sys.exit(f"bench.py ended with status {load.returncode}")
        return machine, json.loads(out.read_text())


def main() -> int:
    """Measure, keep, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("label", help="name of the file in bench/results")
    known, rest = parser.parse_known_args()
    exit_on_sigterm()
    reference = read_reference((LOAD / "README.md").read_text())
    with production(durable=True) as env, server(env, workers=WORKERS) as running:
        machine, rows = measure(running, rest)
    RESULTS.mkdir(exist_ok=True)
    kept = {"machine_ms": machine, "workers": WORKERS, "rows": rows}
    (RESULTS / f"{known.label}.json").write_text(json.dumps(kept, indent=1) + "\n")
    print(f"\nThis machine: {machine} ms; the reference's: {reference[0]} ms, its figures are scaled.\n")
    print(table(rows, machine, reference))
    return 0


if __name__ == "__main__":
    sys.exit(main())
