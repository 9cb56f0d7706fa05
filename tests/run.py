"""All tests on each database: ``python -m tests.run [--database NAME] [arguments of pytest]``.

PostgreSQL and Redis are started once for the whole run, in a temporary folder. Both
databases are always tried, so that one run tells everything.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from tests.processes import exit_on_sigterm
from tests.services import ROOT, production

DATABASES = ("sqlite", "postgresql")


def run_pytest(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """pytest's exit status with these variables added; no tests at all is a failure too."""
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env={**os.environ, **env}).returncode


def run_on(database: str, arguments: Sequence[str]) -> int:
    """The exit status of the tests on ``sqlite`` (in this process's memory) or ``postgresql`` (with Redis)."""
    print(f"== tests on {database}", flush=True)
    if database == "sqlite":
        return run_pytest(arguments, {"MM_SQLSETTINGS_DRIVERNAME": "sqlite"})
    with production() as env:
        return run_pytest(arguments, env)


def main() -> int:
    """Run, say how long each database took, answer 0 only if all passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one (may be repeated)")
    parser.add_argument("--processes", default="2", help="how many tests run at a time (default 2)")
    known, rest = parser.parse_known_args()
    exit_on_sigterm()
    words = []
    for database in known.database or DATABASES:
        start = time.monotonic()
        status = run_on(database, ["-n", known.processes, *rest])
        words.append((status, f"{database} {'failed' if status else 'passed'} in {time.monotonic() - start:.0f} s"))
    print("tests: " + ", ".join(text for _, text in words))
    return max(status for status, _ in words)


if __name__ == "__main__":
    sys.exit(main())
