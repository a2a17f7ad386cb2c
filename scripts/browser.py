"""The browser tests, in two halves at once; what fails is tried once more by itself, and said whatever comes of it."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.running import ROOT, Spent, Task

BUILD = ROOT / "build"
PYTEST = str(ROOT / ".venv" / "bin" / "pytest"), "-q", "--durations=20"
# It plugs a cable in: a browser beside it would lose each request that is under way (ERR_NETWORK_CHANGED).
ALONE = str(Path("tests/e2e/test_lan.py"))
RETRIES = 2  # a run; more failures than that are no bad luck
SAID_OF_A_FAILURE = 400  # characters
FAILED_TESTS = 1  # pytest's exit code; others say that it could not run them all


@dataclass(frozen=True)
class Failure:
    """A browser test that failed, and what became of it when it ran alone (None: it did not)."""

    id: str
    said: str
    clearing: bool = False  # it failed as what it used was cleared away, which may be of all tests before it
    alone: bool | None = None

    def __str__(self) -> str:
        if self.alone:
            return f"FLAKY {self.id}: failed once, passed alone: {self.said}"
        return f"{self.id}: {self.said}"


def browser_tests(told: Path, *, retried: bool = True) -> tuple[Spent, list[Failure]]:
    """Two halves at once, because a browser test waits a good part of its time: on calls, clocks and pages that settle.

    The halves are the same each time, so that what a test finds in the demonstration it shares is so too. `told`: the
    folder in which tests say what failed (`tests/e2e/told.py`).
    """
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "e2e").rglob("test_*.py"))
    halves = [[each for each in half if each != ALONE] for half in (files[::2], files[1::2])]
    running = [Task(*PYTEST, *half, log=BUILD / f"browser-tests-{n}.log") for n, half in enumerate(halves, 1)]
    for task in running:
        task.begin()
    ended = [task.finish() for task in running]
    ended.append(Task(*PYTEST, ALONE).run())
    failures = failures_in(told)
    cpu = sum(each.cpu for each in ended)
    code = max(each.code for each in ended)
    if not retried or code != FAILED_TESTS:
        return Spent(code, cpu), failures
    for number, failure in enumerate(failures[:RETRIES]):
        if not failure.clearing:
            failures[number], alone = _alone(failure, told)
            cpu += alone.cpu
    mended = bool(failures) and all(each.alone for each in failures)
    return Spent(0 if mended else code, cpu), failures


def _alone(failure: Failure, told: Path) -> tuple[Failure, Spent]:
    """In a process of its own, on a fresh copy of the demonstration."""
    print(f"\n{failure.id} failed; once more, alone:", flush=True)
    task = Task(*PYTEST, failure.id)
    second = told / "again"
    second.mkdir(exist_ok=True)
    task.begin({"TELEMED_GATE": str(second)})
    spent = task.finish()
    return replace(failure, alone=spent.passed), spent


def failures_in(told: Path) -> list[Failure]:
    """Each test once, with the beginning of what it said first."""
    lines = (told / "failed.jsonl").read_text().splitlines() if (told / "failed.jsonl").exists() else []
    found: dict[str, Failure] = {}
    for each in map(json.loads, lines):
        first = found.get(each["id"]) or Failure(each["id"], each["said"][:SAID_OF_A_FAILURE])
        found[each["id"]] = replace(first, clearing=first.clearing or each["when"] == "teardown")
    return list(found.values())
