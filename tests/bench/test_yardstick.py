"""A goal of time holds on a slower machine too; what an unsteady one has measured nobody judges. Nothing is timed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import yardstick
from scripts.yardstick import Factor, Sample, factors, kept
from tests.bench import __main__ as bench
from tests.bench import handbook
from tests.bench.beside import Beside
from tests.bench.goals import Goal, goals
from tests.bench.judging import NAMED, TIMES, judged
from tests.bench.report import Row, table
from tests.bench.workshop import Measured, Workshop

HERE = {"cpu": 1.0, "http": 0.5, "page": 0.05}


def times(slower: float, shared: float = 1.0) -> Sample:
    return Sample({name: took * slower for name, took in kept().items()}, shared)


def a_goal(unit: str = "ms", goal: float = 100, better: str = "lower") -> Goal:
    row = {"bench": "rounds", "metric": "runsheet_p95", "unit": unit, "goal": goal, "better": better, "what": "an act"}
    return Goal.model_validate(row)


def test_a_factor_is_what_was_measured_over_the_reference() -> None:
    before, after = Sample({"cpu": 2.0, "http": 1.0}), Sample({"cpu": 2.2, "http": 1.0})
    assert factors(before, after, reference=HERE) == {"cpu": Factor(2.1), "http": Factor(2.0)}


def test_a_faster_machine_makes_no_goal_harder() -> None:
    assert factors(Sample({"cpu": 0.4}), reference=HERE) == {"cpu": Factor(1.0)}


@pytest.mark.parametrize(("after", "moved"), [(1.29, False), (1.31, True), (0.78, False), (0.76, True)])
def test_more_than_thirty_percent_between_before_and_after_is_unsteady(after: float, moved: bool) -> None:
    assert factors(Sample({"cpu": 1.0}), Sample({"cpu": after}), reference=HERE)["cpu"].moved is moved


def test_without_a_browser_there_is_no_factor_for_pages() -> None:
    assert set(factors(Sample({"cpu": 1, "http": 1}), Sample(HERE), reference=HERE)) == {"cpu", "http"}


@pytest.mark.parametrize(
    ("better", "value", "met"),
    [("lower", 199, True), ("lower", 201, False), ("higher", 51, True), ("higher", 49, False)],
)
def test_at_half_the_speed_twice_the_time_or_half_the_rate_is_enough(better: str, value: float, met: bool) -> None:
    found = judged(a_goal(better=better), value, [times(2), times(2)])
    assert (found.named, found.yardstick, found.met, found.noisy) == ("page", 2, met, False)


def test_what_no_machine_makes_shorter_does_not_grow_with_the_factor() -> None:
    assert judged(a_goal(), 139, [times(2)], waits=60).met
    assert not judged(a_goal(), 141, [times(2)], waits=60).met
    assert not judged(a_goal(), 101, [times(2)], waits=120).met


@pytest.mark.parametrize("unit", ["count", "ratio", "MB"])
def test_counts_sizes_and_ratios_have_no_yardstick(unit: str) -> None:
    assert judged(a_goal(unit), 101, [times(2), times(9, shared=3)]) == judged(a_goal(unit), 101, [])
    assert judged(a_goal(unit), 101, []).named is None


def test_a_machine_that_changed_its_speed_judges_nothing() -> None:
    assert judged(a_goal(), 5, [times(1), times(2)]).noisy
    assert not judged(a_goal(), 5, [times(1), times(2)]).met


def test_beside_other_work_no_factor_reaches_a_goal() -> None:
    assert judged(a_goal(), 150, [times(2, shared=2), times(2, shared=2)]).noisy
    assert judged(a_goal(), 500, [times(2, shared=2), times(2, shared=2)]).noisy
    assert judged(a_goal(), 99, [times(2, shared=2), times(2, shared=2)]).met


def test_every_row_of_time_names_its_yardstick() -> None:
    assert {f"{each.bench}/{each.metric}" for each in goals() if each.unit in TIMES} == set(NAMED)
    assert set(NAMED.values()) == {"cpu", "http", "page"} == set(kept())


Ran = Callable[..., tuple[Row, int]]


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ran:
    """The row of one metric, and how often it was measured, between samples of these speeds."""

    def run(*speeds: float) -> tuple[Row, int]:
        taken, folders = iter(speeds), list[Path]()

        def work(shop: Workshop) -> Measured:
            folders.append(shop.folder)
            return Measured(150)

        monkeypatch.setattr(bench, "BENCHES", {"rounds": {"runsheet_p95": work}})
        found = bench._measure(a_goal(), Workshop(tmp_path, beside=Beside(lambda: times(next(taken)))))
        assert len(set(folders)) == len(folders)
        return found, len(folders)

    return run


def test_what_was_disturbed_is_measured_once_more(ran: Ran) -> None:
    found, often = ran(1, 2, 2)
    assert (found.met, found.noisy, found.yardstick, often) == (True, False, 2, 2)


def test_disturbed_twice_it_is_noisy_and_neither_met_nor_missed(ran: Ran) -> None:
    found, often = ran(1, 2, 1)
    assert (found.met, found.noisy, often) == (None, True, 2)
    assert table([found]).splitlines()[1].split()[:7] == ["runsheet_p95", "150", "≤", "100", "ms", "noisy", "page"]
    assert json.loads(found.model_dump_json())["met"] is None


def test_a_steady_machine_measures_once(ran: Ran) -> None:
    found, often = ran(2, 2)
    assert (found.met, found.noisy, often) == (True, False, 1)


def test_metrics_of_the_same_work_have_the_samples_beside_it(tmp_path: Path) -> None:
    taken = iter(map(times, (1, 2, 3)))
    shop, made = Workshop(tmp_path, beside=Beside(lambda: next(taken))), []

    def work(_: Workshop, what: str) -> str:
        made.append(what)
        return what

    with shop.beside.watched() as first:
        assert shop.once(work, "a") == "a"
    with shop.beside.watched() as second:
        assert shop.once(work, "a") == "a"
    with shop.beside.watched() as third:
        assert [shop.once(work, each) for each in "ab"] == ["a", "b"]
    assert made == ["a", "b"]
    assert first.samples == second.samples == [times(1), times(2)]
    assert third.samples == [times(2), times(3), times(1), times(2)]


def test_work_done_once_more_is_not_done_a_third_time(tmp_path: Path) -> None:
    taken = iter(map(times, (1, 2, 1)))
    shop, made = Workshop(tmp_path, beside=Beside(lambda: next(taken))), list[Path]()

    def work(shop: Workshop) -> int:
        made.append(shop.folder)
        return len(made)

    with shop.beside.watched() as first:
        shop.once(work)
    with shop.anew() as later, later.beside.watched() as second:
        assert later.once(work) == 2
    with shop.beside.watched() as third:
        assert shop.once(work) == 2
    assert [first.again, second.again, third.again] == [False, False, True]
    assert third.samples == [times(2), times(1)]


def test_the_pieces_of_work_run_and_their_server_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WORDS", "ROWS", "ASKED"):
        monkeypatch.setattr(yardstick, name, 10)
    found = yardstick.measure(chromium=Path("/nowhere/chromium"))
    assert set(found.seconds) == {"cpu", "http"}
    assert all(took > 0 for took in found.seconds.values())


def test_what_the_handbook_says_otherwise_is_one_line(tmp_path: Path) -> None:
    here, there = tmp_path / "ours.json", tmp_path / "theirs.json"
    ours = [{"bench": "consult", "metric": metric, "goal": 2} for metric in ("demo_ready", "join", "own")]
    here.write_text(json.dumps(ours))
    assert handbook.differs(there, here) == ""
    there.write_text(json.dumps([*ours[:2], {"bench": "nodes", "metric": "else", "goal": 1}]))
    assert handbook.differs(there, here) == ""
    there.write_text(json.dumps([ours[0] | {"goal": 1}, ours[1]]))
    assert handbook.differs(there, here) == "handbook: 1 row says otherwise: consult/demo_ready"
    there.write_text(json.dumps([each | {"what": "else"} for each in ours[:2]]))
    assert handbook.differs(there, here) == "handbook: 2 rows say otherwise: consult/demo_ready, consult/join"
