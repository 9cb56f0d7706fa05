"""Figures of the reference are read from its table and scaled to this machine."""

from __future__ import annotations

from bench.run import Figures, read_reference, table

REFERENCE = """
Two cores; `machine: 20.0 ms` there.

| path | requests/s | p50 ms | p99 ms | server CPU ms a request |
|---|---|---|---|---|
| ping | 15,000.5 | 0.9 | 8.8 | 0.08 |
| fan-out, 1,000 sockets | 48,000 deliveries/s (48.2 posts/s) | 61.0 | 281.7 | 1.81 s per 100,000 |
"""


def test_it_reads_the_machine() -> None:
    assert read_reference(REFERENCE)[0] == 20.0


def test_it_reads_requests_and_deliveries() -> None:
    assert read_reference(REFERENCE)[1] == {
        "ping": Figures(15000.5, 0.9, 8.8, 0.08),
        "fanout_1000": Figures(48000, 61.0, 281.7, 1.81),
    }


def test_it_scales_the_reference_to_a_slower_machine() -> None:
    row = {"path": "ping", "per_s": 3750.1, "p50_ms": 1.0, "p99_ms": 2.0, "cpu_ms": 0.2}
    assert "| ping | 3,750 | 7,500 | 50 % | 1.0 | 2.0 | 17.6 | 0.2 | 0.16 |" in table(
        [row], 40.0, read_reference(REFERENCE)
    )


def test_it_shows_paths_that_the_reference_lacks() -> None:
    row = {"path": "new", "per_s": 10.0, "p50_ms": 1.0, "p99_ms": 2.0, "cpu_ms": 0.2}
    assert "| new | 10 | | | 1.0 | 2.0 | | 0.2 | |" in table([row], 20.0, read_reference(REFERENCE))
