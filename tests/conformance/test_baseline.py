"""The baseline holds what matched once: it may rise, it must not fall."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from tests.conformance import check as conformance
from tests.conformance.check import Score, Scores, compare, parse_line, read_baseline, tell_risen, write_baseline

WANTED = {"posts_basic": Score(10, 4), "posts_edit": Score(7, 2)}


@pytest.fixture
def baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "baseline.json"
    write_baseline({"embedded": WANTED, "production": {}}, path)
    monkeypatch.setattr(conformance, "read_baseline", lambda: read_baseline(path))
    monkeypatch.setattr(conformance, "write_baseline", lambda scores: write_baseline(scores, path))
    return path


def play_answers(monkeypatch: pytest.MonkeyPatch, scores: Scores) -> list[list[str]]:
    """Have every play answer ``scores``; returns the list of what each was asked to play."""
    asked: list[list[str]] = []

    def play(mode: str, only: list[str], **_: Any) -> tuple[Scores, list[dict[str, Any]]]:
        asked.append(list(only))
        return scores, []

    monkeypatch.setattr(conformance, "play", play)
    return asked


def arguments(only: str = "") -> argparse.Namespace:
    return argparse.Namespace(mode=["embedded"], only=only, jobs=1, verbose=False)


def test_it_reads_the_line_of_a_scenario() -> None:
    line = "posts_basic                  replies   38/40    events   12/13     9.4 s\n"
    assert parse_line(line) == ("posts_basic", Score(replies=38, events=12))


@pytest.mark.parametrize(
    "line",
    [
        "replies 38/40 match, steps with events 12/13 match",
        "posts_basic step 3 as bob: GET /posts/<post.id> ",
        "    status 404, expected 200",
        "",
    ],
)
def test_it_ignores_other_lines(line: str) -> None:
    assert parse_line(line) is None


def test_it_reads_back_what_it_wrote(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline({"embedded": WANTED, "production": {}}, path)
    assert read_baseline(path) == {"embedded": WANTED, "production": {}}


def test_it_starts_from_nothing_without_a_file(tmp_path: Path) -> None:
    assert read_baseline(tmp_path / "none.json") == {"embedded": {}, "production": {}}


def test_it_counts_steps_of_the_baseline_that_match() -> None:
    assert compare("embedded", WANTED, {"posts_basic": Score(11, 4), "posts_edit": Score(7, 2)}, []) == (23, 0)


def test_it_counts_each_step_that_fell() -> None:
    assert compare("embedded", WANTED, {"posts_basic": Score(8, 5), "posts_edit": Score(7, 1)}, []) == (20, 3)


def test_it_counts_a_scenario_that_was_not_played_as_fallen() -> None:
    assert compare("embedded", WANTED, {"posts_basic": Score(10, 4)}, []) == (14, 9)


def test_it_shows_why_a_scenario_fell(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"scenario": "posts_edit", "step": 3, "as": "bob", "request": "PUT /posts/x", "note": ""}
    compare("embedded", WANTED, {"posts_basic": WANTED["posts_basic"]}, [{**row, "problems": ["no"], "events": []}])
    assert "step 3 as bob: PUT /posts/x" in capsys.readouterr().out


def test_it_tells_how_to_raise_the_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    tell_risen("embedded", WANTED, {**WANTED, "posts_edit": Score(8, 2), "teams_create": Score(1, 0)})
    assert "make conformance-baseline ONLY=teams_create\n" in capsys.readouterr().out


def test_it_fails_when_a_number_fell(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play_answers(monkeypatch, {**WANTED, "posts_edit": Score(7, 0)})
    assert conformance.check(arguments()) == 1


def test_it_passes_when_none_fell(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play_answers(monkeypatch, WANTED)
    assert conformance.check(arguments()) == 0


def test_it_ends_with_the_count(
    baseline: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    play_answers(monkeypatch, {**WANTED, "posts_edit": Score(7, 0)})
    conformance.check(arguments())
    assert capsys.readouterr().out.splitlines()[-1] == "conformance: 21 passed, 2 failed"


def test_it_plays_only_what_the_baseline_names(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = play_answers(monkeypatch, WANTED)
    conformance.check(arguments())
    assert asked == [["posts_basic", "posts_edit"]]


def test_it_never_lowers_a_number(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play_answers(monkeypatch, {"posts_basic": Score(9, 6)})
    conformance.raise_baseline(arguments())
    assert read_baseline(baseline)["embedded"]["posts_basic"] == Score(10, 6)


def test_it_adds_scenarios_that_are_asked_for(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play_answers(monkeypatch, {"teams_create": Score(5, 1)})
    conformance.raise_baseline(arguments("teams"))
    assert read_baseline(baseline)["embedded"] == {**WANTED, "teams_create": Score(5, 1)}


def test_it_adds_none_that_are_not_asked_for(baseline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play_answers(monkeypatch, {**WANTED, "posts_edit_more": Score(5, 1)})
    conformance.raise_baseline(arguments())
    assert read_baseline(baseline)["embedded"] == WANTED
