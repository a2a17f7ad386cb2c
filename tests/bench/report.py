"""The results of a run: a table, `build/bench.json` and `docs/benchmarks.md`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, TypeAdapter

from scripts.yardstick import Sample
from tests.bench.goals import Goal
from tests.bench.judging import judged
from tests.bench.machine import Machine
from tests.bench.workshop import Measured
from tests.e2e.conftest import ROOT

FIGURES = ROOT / "build" / "bench.json"
DOCS = ROOT / "docs" / "benchmarks.md"
SIGN = {"lower": "≤", "higher": "≥"}


class Row(BaseModel):
    """One metric of a bench (`name`); without a value it could not be measured. `met` is by the yardstick, and nothing
    where the row is noisy; a figure older than the yardsticks has 1 and names none.
    """

    name: str
    metric: str
    value: float | None
    unit: str
    goal: float
    better: Literal["lower", "higher"]
    met: bool | None
    noisy: bool = False
    by: str | None = None
    yardstick: float = 1
    peer: str
    machine: Machine


ROWS = TypeAdapter(list[Row])


def row(goal: Goal, measured: Measured | None, machine: Machine, samples: Sequence[Sample] = ()) -> Row:
    rounded = None if measured is None else round(measured.value, 3)
    verdict = judged(goal, rounded, samples, measured.waits if measured else 0)
    return Row(
        name=goal.bench,
        metric=goal.metric,
        value=rounded,
        unit=goal.unit,
        goal=goal.goal,
        better=goal.better,
        met=None if verdict.noisy else verdict.met,
        noisy=verdict.noisy,
        by=verdict.named,
        yardstick=verdict.yardstick,
        peer=measured.peer if measured else "-",
        machine=machine.model_copy(update={"tries": measured.tries}) if measured else machine,
    )


def kept(path: Path = FIGURES) -> list[Row]:
    return ROWS.validate_json(path.read_bytes()) if path.exists() else []


def keep(fresh: Sequence[Row], path: Path = FIGURES) -> None:
    """What was measured now replaces its own older figures; other metrics stay."""
    measured = {(each.name, each.metric) for each in fresh}
    rows = [each for each in kept(path) if (each.name, each.metric) not in measured]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(ROWS.dump_json([*rows, *fresh], indent=2) + b"\n")


def table(rows: Sequence[Row]) -> str:
    head = ("metric", "value", "goal", "unit", "met", "yardstick", "tries", "load", "peer")
    lines = [head, *(_cells(each) for each in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _cells(each: Row) -> tuple[str, ...]:
    goal = f"{SIGN[each.better]} {_number(each.goal)}"
    met = "not measured" if each.value is None else {True: "yes", False: "NO", None: "noisy"}[each.met]
    by = f"{each.by} ×{each.yardstick:.2f}" if each.by else "-"
    tries, load = str(each.machine.tries or "-"), f"{each.machine.load:.1f}"
    return (each.metric, _number(each.value), goal, each.unit, met, by, tries, load, each.peer)


def _number(number: float | None) -> str:
    """Whole from a hundred on, three digits below."""
    if number is None:
        return "-"
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.3g}"


def document(rows: Sequence[Row], goals: Sequence[Goal], before: str = "") -> str:
    """The page of figures, in the order of the goals. `before`: the page as it is; of a bench of which nothing was
    measured on this machine its section stays.
    """
    found = {(each.name, each.metric): each for each in rows}
    old = {part.partition("\n")[0]: part.rstrip("\n") + "\n" for part in before.split("\n## ")[1:]}
    measured = {each.name for each in rows}
    parts = [INTRODUCTION]
    for bench in dict.fromkeys(each.bench for each in goals):
        fresh = f"{bench}\n\nRepeat: `make bench NAME={bench}`\n\n{_section(found, bench, goals)}"
        parts.append(f"## {fresh if bench in measured else old.get(bench, fresh)}")
    return "\n".join(parts)


def _section(found: dict[tuple[str, str], Row], bench: str, goals: Sequence[Goal]) -> str:
    head = ("metric", "what", "value", "goal", "met", "yardstick", "tries", "peer in the same run")
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    machines: dict[str, None] = {}
    loads = []
    for goal in (each for each in goals if each.bench == bench):
        each = found.get((bench, goal.metric))
        if each is None:
            lines.append(f"| {goal.metric} | {goal.what} | not measured | | | | | |")
            continue
        _, value, aim, unit, met, by, tries, _, peer = _cells(each)
        of = "" if unit == "count" else f" {unit}"
        lines.append(f"| {goal.metric} | {goal.what} | {value}{of} | {aim}{of} | {met} | {by} | {tries} | {peer} |")
        machines[_said(each.machine)] = None
        loads.append(each.machine.load)
    if loads:
        load = f"load before each measurement {min(loads):.1f} to {max(loads):.1f}"
        lines += ["", f"Measured on {'; '.join(machines)}; {load}."]
    return "\n".join(lines) + "\n"


def _said(machine: Machine) -> str:
    return (
        f"{machine.cpus} cores of {machine.processor}, {machine.memory_gb:g} GB, "
        f"Python {machine.python}, Chromium {machine.chromium}"
    )


INTRODUCTION = """# Benchmarks

Made by `python -m tests.bench --write-docs` from `build/bench.json`; do not edit by hand.

`make bench` sets up what is missing, measures, prints a table and writes `build/bench.json`: one row for each metric,
with the machine it was measured on. `.venv/bin/python -m tests.bench consult --only METRIC --tries 3` measures one of
them quickly. Nothing else should run meanwhile: browsers, servers and the measuring itself share the machine's cores.
A load above the number of cores says that other work ran too; such a figure is slower than the product is alone.

Machines differ, so before and after each measurement three fixed pieces of work are timed (`scripts/yardstick.py`):
`cpu` is a loop of Python and SQLite, `http` asks a bare aiohttp echo, `page` is a bare page in Chromium. A row of time
names the one that is most like it, and says how many times slower the machine was than the reference in
`tests/bench/yardstick.json`, at least 1: `page ×1.40`. The goal is met by a value within 1.4 times the goal then; what
waits for no machine (keys typed at a person's pace, a slow link) is not multiplied. Counts, sizes and ratios have no
yardstick. `noisy` is neither met nor missed, measured twice: before and after differed by more than 30 %, or other
work took the cores (the loop took 30 % longer than it computed) and the value was not within the goal as it stands.
A row of time without a yardstick was measured before there were any; whether it meets the goal of today is said as if
its machine had been the reference.

Each measurement is a small file in `tests/bench/` that says from which moment to which it measures. p95 is the nearest
rank: of 20 tries the 19th. A peer, where there is one, is the same work done bare in the same run.
"""
