"""What a run of the gate took, against its budget: the last lines it prints, and `build/gate.json`."""

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from scripts import yardstick
from scripts.browser import BUILD, Failure

# Seconds on two cores of the yardstick's machine. A new service adds at most 60 and takes as much elsewhere: the sum
# stays below 1,200.
BUDGET = {"set up": 100.0, "checks and web tests": 260.0, "Python tests": 360.0, "browser tests": 450.0}
OVER = 1.2
KILLS = "tests/e2e/test_kill.py"  # its starts are what it tests
SETUP = BUILD / "setup.json"  # written by scripts/setup.py
JUST_BEFORE = 60.0  # seconds


@dataclass(frozen=True)
class Figure:
    """`cpu`: with all it started. Of what ran beside others `wall` is only what was waited for at the end."""

    name: str
    passed: bool
    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{'passed' if self.passed else 'FAILED':7} {self.name} ({self.wall:.0f} s, {self.cpu:.0f} s CPU)"


@dataclass(frozen=True)
class Starts:
    """Of the demonstration, but those of tests that kill it: how often, how often it was made, CPU seconds of a start
    of one that was there.
    """

    starts: int
    first: int
    cpu: float

    @classmethod
    def of(cls, told: Path) -> "Starts":
        path = told / "starts.jsonl"
        rows = [json.loads(each) for each in path.read_text().splitlines()] if path.exists() else []
        rows = [each for each in rows if not each["test"].startswith(KILLS)]
        again = [each["cpu"] for each in rows if not each["first"]]
        return cls(len(rows), len(rows) - len(again), round(sum(again) / len(again), 2) if again else 0.0)


@dataclass
class Measured:
    """`slower`: how much slower than the yardstick's machine this one was, at least 1; `noisy`: not all the time."""

    gate: str
    wall: float = 0.0
    slower: float = 1.0
    noisy: bool = False
    steps: list[Figure] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        return sum(each.cpu for each in self.steps)

    def groups(self) -> dict[str, float]:
        """Wall seconds of each part of the budget."""
        found = dict.fromkeys(BUDGET, 0.0)
        for each in self.steps:
            found[each.name if each.name in BUDGET else "checks and web tests"] += each.wall
        return found

    def lines(self, starts: Starts, failures: Sequence[Failure]) -> list[str]:
        said = [str(each) for each in self.steps]
        if self.gate != "test":
            return said
        for name, wall in self.groups().items():
            over = "OVER " if wall > OVER * BUDGET[name] * self.slower else ""
            said.append(f"{over}{name}: {wall:.0f} s of {BUDGET[name]:.0f}")
        of_speed = f"machine x{self.slower:g}{', noisy' if self.noisy else ''}"
        said.append(f"in all {self.wall:.0f} s, {self.cpu:.0f} s CPU ({of_speed})")
        retries = sum(each.alone is not None for each in failures)
        said.append(
            f"demonstration: {starts.starts} starts ({starts.cpu:.1f} s CPU each), {starts.first} first; "
            f"browser tests retried: {retries}"
        )
        return said


@contextmanager
def measured(gate: str) -> Iterator[Measured]:
    """Takes the time until left, and the machine's speed before and after."""
    found = Measured(gate)
    if gate != "test":
        yield found
        return
    if (figure := _set_up()) is not None:
        found.steps.append(figure)
        found.wall += figure.wall
    before, began = yardstick.measure(), time.monotonic()
    yield found
    found.wall += time.monotonic() - began
    factor = yardstick.factors(before, yardstick.measure())["cpu"]
    found.slower, found.noisy = factor.value, factor.moved or factor.shared


def _set_up() -> Figure | None:
    """What was set up just before this run."""
    if not SETUP.exists() or time.time() - SETUP.stat().st_mtime > JUST_BEFORE:
        return None
    kept = json.loads(SETUP.read_text())
    return Figure("set up", True, kept["wall"], kept["cpu"])


def keep(found: Measured, starts: Starts, failures: Sequence[Failure], path: Path = BUILD / "gate.json") -> None:
    document = {
        "gate": found.gate,
        "cores": len(os.sched_getaffinity(0)),
        "wall": round(found.wall, 1),
        "cpu": round(found.cpu, 1),
        "yardstick": found.slower,
        "noisy": found.noisy,
        "budget": {name: {"wall": round(wall, 1), "of": BUDGET[name]} for name, wall in found.groups().items()},
        "steps": [{**asdict(each), "wall": round(each.wall, 1), "cpu": round(each.cpu, 1)} for each in found.steps],
        "demonstration": asdict(starts),
        "retries": [asdict(each) for each in failures if each.alone is not None],
    }
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
