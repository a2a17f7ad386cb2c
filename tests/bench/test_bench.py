"""The benches are complete and tell the truth about what they found; nothing is timed here."""

import json
from pathlib import Path

import pytest

from scripts.yardstick import Sample
from tests.bench import __main__ as bench
from tests.bench.goals import Goal, goals
from tests.bench.machine import Machine
from tests.bench.report import Row, document, keep, kept, row, table
from tests.bench.workshop import Measured, Workshop, p95

MACHINE = Machine(cpus=2, processor="x", memory_gb=8, python="3.11.2", chromium="150", load=0.1, tries=20)
KEYS = ["name", "metric", "value", "unit", "goal", "better", "met", "noisy", "by", "yardstick", "peer", "machine"]


def a_goal(metric: str = "join", better: str = "lower") -> Goal:
    return Goal.model_validate(
        {"bench": "consult", "metric": metric, "unit": "ms", "goal": 100, "better": better, "what": "a click"}
    )


def a_row(goal: Goal, value: float, peer: str = "-", *samples: Sample) -> Row:
    return row(goal, Measured(value, 20, peer), MACHINE, samples)


def test_every_metric_has_its_measurement_and_every_measurement_its_goal() -> None:
    promised = {(each.bench, each.metric) for each in goals()}
    measured = {(name, metric) for name, bench_ in bench.BENCHES.items() for metric in bench_}
    assert promised == measured
    assert len(goals()) == len(promised)


@pytest.mark.parametrize(
    ("better", "value", "met"), [("lower", 99, True), ("lower", 101, False), ("higher", 101, True)]
)
def test_a_goal_is_met_on_its_better_side(better: str, value: float, met: bool) -> None:
    assert a_row(a_goal(better=better), value).met is met


def test_what_could_not_be_measured_is_never_met() -> None:
    missing = row(a_goal(), None, MACHINE)
    assert not missing.met
    assert "not measured" in table([missing])


def test_a_fresh_figure_replaces_its_own_and_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "build" / "bench.json"
    keep([a_row(a_goal("join"), 50), a_row(a_goal("slice"), 60)], path)
    keep([a_row(a_goal("join"), 70, "bare 3 ms")], path)
    assert {each.metric: each.value for each in kept(path)} == {"join": 70, "slice": 60}
    assert [list(each) for each in json.loads(path.read_bytes())] == [KEYS, KEYS]


def test_a_measurement_that_fails_leaves_a_row_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(shop: Workshop) -> Measured:
        raise AssertionError("no camera")

    promised = goals("consult")
    works = {each.metric: lambda shop: Measured(1.0, shop.often(5)) for each in promised}
    monkeypatch.setattr(bench, "BENCHES", {"consult": {**works, promised[0].metric: broken}})
    found: list[Row] = []
    monkeypatch.setattr(bench, "keep", found.extend)
    monkeypatch.setattr(bench, "measure", lambda: Sample({}))
    assert bench.main(["consult", "--tries", "3"]) == 1
    assert [each.metric for each in found] == [each.metric for each in promised]
    assert [each.value for each in found] == [None] + [1.0] * (len(promised) - 1)
    assert found[1].machine.tries == 3
    assert "no camera" in capsys.readouterr().err


def test_the_page_names_every_goal_and_what_was_not_measured() -> None:
    page = document([a_row(a_goal("join"), 80, "bare 3 ms")], [a_goal("join"), a_goal("slice")])
    assert "| join | a click | 80 ms | ≤ 100 ms | yes | page ×1.00 | 20 | bare 3 ms |" in page
    assert "| slice | a click | not measured |" in page
    assert "make bench NAME=consult" in page


def test_a_bench_that_was_not_measured_here_keeps_its_section() -> None:
    other = a_goal("sweep").model_copy(update={"bench": "scheduling"})
    page = document([a_row(a_goal(), 80), a_row(other, 7)], [a_goal(), other])
    again = document([a_row(other, 9)], [a_goal(), other], page)
    assert again == page.replace("| 7 ms |", "| 9 ms |")
    assert document([], [a_goal(), other], page) == page


def test_the_95th_percentile_is_a_try_that_happened() -> None:
    assert p95([float(n) for n in range(1, 21)]) == 19
    assert p95([3.0, 1.0, 2.0]) == 3


def test_a_metric_that_nobody_promised_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["consult", "--only", "haste"]) == 2
    assert "no such metric: haste" in capsys.readouterr().err
