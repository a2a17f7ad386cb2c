"""The gate's own rules: what is tried again and what is not, and what its last lines say."""

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts import browser, figures, seeding
from scripts.browser import ALONE, Failure, browser_tests
from scripts.figures import BUDGET, Figure, Measured, Starts
from scripts.running import ROOT, Spent

HALF = "tests/e2e/test_accounts.py"  # stands in one of the halves


class Pretended:
    """Tasks that end as a test says: a half by `halves`, a test alone by `alone`."""

    def __init__(self, *words: str, log: Path | None = None) -> None:
        self.words = words
        if "::" in words[-1]:
            ran.append(words[-1])

    def begin(self, environment: Mapping[str, str] | None = None) -> None:
        pass

    def finish(self) -> Spent:
        if "::" in self.words[-1]:
            return Spent(0 if self.words[-1] in passes_alone else 1, 2.0)
        return Spent(half_ends if HALF in self.words else 0, 10.0)

    def run(self) -> Spent:
        return self.finish()


ran: list[str] = []
passes_alone: set[str] = set()
half_ends = 1


@pytest.fixture(autouse=True)
def pretended(monkeypatch: pytest.MonkeyPatch) -> None:
    global half_ends
    half_ends = 1
    ran.clear()
    passes_alone.clear()
    monkeypatch.setattr(browser, "Task", Pretended)


def failed(told: Path, *ids: str, when: str = "call") -> None:
    with (told / "failed.jsonl").open("a") as lines:
        for each in ids:
            lines.write(json.dumps({"id": each, "when": when, "said": f"{each} said " + "x" * 500}) + "\n")


def test_a_browser_test_that_passes_alone_is_named_and_fails_nothing(tmp_path: Path) -> None:
    failed(tmp_path, "a.py::test_a")
    passes_alone.add("a.py::test_a")
    spent, (flaky,) = browser_tests(tmp_path)
    assert spent == Spent(0, 32.0)
    assert str(flaky) == f"FLAKY a.py::test_a: failed once, passed alone: {('a.py::test_a said ' + 'x' * 500)[:400]}"


def test_one_that_fails_alone_too_fails_the_step(tmp_path: Path) -> None:
    failed(tmp_path, "a.py::test_a", "b.py::test_b")
    passes_alone.add("a.py::test_a")
    spent, found = browser_tests(tmp_path)
    assert not spent.passed
    assert [each.alone for each in found] == [True, False]
    assert str(found[1]).startswith("b.py::test_b: b.py::test_b said")


def test_a_third_failure_is_not_tried_again(tmp_path: Path) -> None:
    failed(tmp_path, "a.py::test_a", "b.py::test_b", "c.py::test_c")
    passes_alone.update({"a.py::test_a", "b.py::test_b", "c.py::test_c"})
    spent, found = browser_tests(tmp_path)
    assert not spent.passed
    assert ran == ["a.py::test_a", "b.py::test_b"]
    assert [each.alone for each in found] == [True, True, None]


def test_what_fails_as_it_is_cleared_away_is_not_tried_again(tmp_path: Path) -> None:
    """What a whole run has left behind (a name in a log) is found there; a test alone would not find it."""
    failed(tmp_path, "a.py::test_a")
    failed(tmp_path, "a.py::test_a", when="teardown")
    passes_alone.add("a.py::test_a")
    spent, _ = browser_tests(tmp_path)
    assert not spent.passed
    assert ran == []


@pytest.mark.parametrize("code", [2, 134], ids=["interrupted", "killed"])
def test_a_half_that_did_not_come_to_its_end_fails_whatever_passes_alone(tmp_path: Path, code: int) -> None:
    global half_ends
    half_ends = code
    failed(tmp_path, "a.py::test_a")
    passes_alone.add("a.py::test_a")
    spent, _ = browser_tests(tmp_path)
    assert (spent.code, ran) == (code, [])


def test_a_half_that_fails_without_saying_which_test_fails(tmp_path: Path) -> None:
    spent, found = browser_tests(tmp_path)
    assert (spent.passed, found) == (False, [])


def test_nothing_is_tried_again_where_that_is_not_wanted(tmp_path: Path) -> None:
    failed(tmp_path, "a.py::test_a")
    passes_alone.add("a.py::test_a")
    spent, _ = browser_tests(tmp_path, retried=False)
    assert (spent.passed, ran) == (False, [])


def test_the_file_that_runs_alone_is_there() -> None:
    assert (ROOT / ALONE).exists()
    assert (ROOT / HALF).exists()
    assert (ROOT / figures.KILLS).exists()


def started(told: Path, test: str, first: bool, cpu: float) -> None:
    with (told / "starts.jsonl").open("a") as lines:
        lines.write(json.dumps({"test": test, "first": first, "cpu": cpu}) + "\n")


def test_starts_are_counted_but_for_those_that_are_killed(tmp_path: Path) -> None:
    assert Starts.of(tmp_path) == Starts(0, 0, 0.0)
    started(tmp_path, "", True, 40.0)
    started(tmp_path, "tests/e2e/test_room.py::test_a (setup)", False, 3.0)
    started(tmp_path, "tests/e2e/test_room.py::test_b (call)", False, 2.0)
    started(tmp_path, f"{figures.KILLS}::test_c (call)", False, 9.0)
    assert Starts.of(tmp_path) == Starts(3, 1, 2.5)


def test_what_takes_a_fifth_more_than_its_budget_on_such_a_machine_is_said() -> None:
    took = {"set up": 119.0, "format": 100.0, "web tests": 220.0, "Python tests": 700.0, "browser tests": 900.0}
    run = Measured("test", wall=2039, slower=1.0, steps=[Figure(name, True, s, 2 * s) for name, s in took.items()])
    over = [line.split(":")[0] for line in run.lines(Starts(30, 1, 2.5), []) if line.startswith("OVER")]
    assert over == ["OVER checks and web tests", "OVER Python tests", "OVER browser tests"]
    run.slower = 2.0
    assert not [line for line in run.lines(Starts(30, 1, 2.5), []) if line.startswith("OVER")]


def test_the_last_lines_and_the_file_say_the_same(tmp_path: Path) -> None:
    run = Measured("test", wall=900.0, steps=[Figure("browser tests", False, 800.0, 1000.0)])
    flaky = Failure("a.py::test_a", "no page", alone=True)
    assert run.lines(Starts(30, 1, 2.5), [flaky]) == [
        "FAILED  browser tests (800 s, 1000 s CPU)",
        "set up: 0 s of 100",
        "checks and web tests: 0 s of 260",
        "Python tests: 0 s of 360",
        "OVER browser tests: 800 s of 450",
        "in all 900 s, 1000 s CPU (machine x1)",
        "demonstration: 30 starts (2.5 s CPU each), 1 first; browser tests retried: 1",
    ]
    figures.keep(run, Starts(30, 1, 2.5), [flaky], tmp_path / "gate.json")
    kept = json.loads((tmp_path / "gate.json").read_text())
    assert (kept["wall"], kept["cpu"]) == (900.0, 1000.0)
    assert kept["demonstration"] == {"starts": 30, "first": 1, "cpu": 2.5}
    assert kept["steps"] == [{"name": "browser tests", "passed": False, "wall": 800.0, "cpu": 1000.0}]
    assert [each["id"] for each in kept["retries"]] == ["a.py::test_a"]


def test_the_budget_is_twenty_minutes() -> None:
    assert sum(BUDGET.values()) <= 1200


def test_a_demonstration_that_would_grow_too_old_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    class Makes(Pretended):
        def begin(self, environment: Mapping[str, str] | None = None) -> None:
            made.append(self.words[-1])

        def finish(self) -> Spent:
            return Spent(0, 40.0)

    now = 1000.0
    monkeypatch.setattr(seeding, "Task", Makes)
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setenv("TELEMED_SEED", "of another tree")
    seed = seeding.Seed(tmp_path / "log")
    seed.begin()
    assert seed.made().passed
    assert os.environ["TELEMED_SEED"] == made[0]
    now += 20 * 60
    seed.for_the_next(450)
    assert len(made) == 1
    now += 5 * 60
    seed.for_the_next(450)
    assert len(made) == 2
    assert os.environ["TELEMED_SEED"] == made[1] != made[0]
