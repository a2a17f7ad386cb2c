"""Runs all checks or tests, even if some fail, and says at the end which failed and what everything took."""

import filecmp
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree

from scripts import browser, figures, parts
from scripts.browser import BUILD, SAID_OF_A_FAILURE, Failure
from scripts.running import ROOT, Spent, Task, own_folder
from scripts.seeding import Seed

WEB = ROOT / "web"
BIN = ROOT / ".venv" / "bin"
PYTHON_CODE = ["telemed", "signaling", "imaging", "tests", "scripts"]
RESULTS = "results-{}.xml"


@dataclass(frozen=True)
class Step:
    """`begin` starts it beside the steps before it; `run` then waits for it and prints what it has said."""

    name: str
    run: Callable[[], Spent]
    begin: Callable[[], object] = bool


@dataclass
class Run:
    """One run of a gate: the demonstration that its tests have copies of, and the browser tests that failed."""

    seed: Seed = field(default_factory=lambda: Seed(BUILD / "seed.log"))
    failures: list[Failure] = field(default_factory=list)


def tool(name: str, *words: str) -> Callable[[], Spent]:
    return Task(str(BIN / name), *words).run


def web(*words: str) -> Task:
    return Task("npx", "--no-install", *words, folder=WEB)


def client_is_current() -> Spent:
    """Whether the committed TypeScript types match the routes."""
    document, fresh = BUILD / "openapi.json", BUILD / "schema.gen.ts"
    made = Task("sh", "-c", '"$0" openapi > "$1"', str(BIN / "telemed"), str(document)).run()
    if not made.passed:
        return made
    typed = web("openapi-typescript", str(document), "-o", str(fresh)).run()
    committed = WEB / "src" / "api" / "schema.gen.ts"
    same = typed.passed and committed.exists() and filecmp.cmp(committed, fresh, shallow=False)
    if not same:
        print("web/src/api/schema.gen.ts is out of date; run `make client` and commit it.")
    return Spent(0 if same else 1, made.cpu + typed.cpu)


def long_parts_hold() -> Spent:
    """Whether what only `make full` runs was run, and lately."""
    found = list(parts.findings(parts.parts(), parts.runs()))
    for fails, said in found:
        print(said if fails else f"{said} (soon)")
    return Spent(1 if any(fails for fails, _ in found) else 0, 0.0)


def python_tests(run: Run, *done: str) -> Callable[[], Spent]:
    """`done`: files that another step has run."""
    workers = str(min(4, max(2, os.cpu_count() or 2)))
    spread = ("-n", workers, "--dist", "loadgroup")
    others = [word for each in ("tests/e2e", *done) for word in ("--ignore", each)]
    task = Task(str(BIN / "pytest"), "-q", "--durations=20", results("python"), *spread, *others)

    def tests() -> Spent:
        run.seed.for_the_next(figures.BUDGET["Python tests"])
        return task.run()

    return tests


def browser_tests(run: Run) -> Callable[[], Spent]:
    def tests() -> Spent:
        run.seed.for_the_next(figures.BUDGET["browser tests"])
        spent, run.failures = browser.browser_tests(BUILD)
        return spent

    return tests


def results(name: str) -> str:
    """The option by which pytest writes what has failed where `failed_tests` finds it."""
    return f"--junitxml={BUILD / RESULTS.format(name)}"


def failed_tests(failures: Sequence[Failure]) -> list[str]:
    """Each with the beginning of what it said: what is printed last is all that some machines show of a long log."""
    found = []
    for path in sorted(BUILD.glob(RESULTS.format("*"))):
        for case in ElementTree.parse(path).iter("testcase"):
            for said in (*case.findall("failure"), *case.findall("error")):
                message = " ".join(said.get("message", "").split())[:SAID_OF_A_FAILURE]
                found.append(f"{case.get('classname')}::{case.get('name')}: {message}")
    return [*found, *map(str, failures)]


SHAPE = ("tests/test_architecture.py", "tests/test_migration_line.py")
CHECKS = [
    Step("format", tool("ruff", "format", "--check", ".")),
    Step("lint", tool("ruff", "check", ".")),
    Step("types", tool("mypy", "--cache-dir", "build/mypy", *PYTHON_CODE)),
    Step("imports and sizes", tool("pytest", "-q", *SHAPE)),
    Step("web format and lint", web("biome", "check", ".").run),
    Step("web types", web("tsc", "--noEmit").run),
    Step("generated client", client_is_current),
    Step("long parts", long_parts_hold),
    Step("words of the export", web("vitest", "run", "--project", "exported").run),
]


def tests(run: Run) -> list[Step]:
    workers = f"--maxWorkers={max(2, (os.cpu_count() or 2) - 1)}"
    said = "--reporter=default", "--reporter=junit", f"--outputFile.junit={BUILD / RESULTS.format('web')}"
    which = "--project", "shared", "--project", "alone"
    words = "npx", "--no-install", "vitest", "run", *which, workers, *said
    web_tests = Task(*words, folder=WEB, log=BUILD / "web-tests.log")
    return [
        Step("demonstration", run.seed.made, run.seed.begin),
        Step("web tests", web_tests.finish, web_tests.begin),
        Step("Python tests", python_tests(run, *SHAPE)),
        Step("browser tests", browser_tests(run)),
    ]


def main(gate: str) -> int:
    clear()
    run = Run()
    steps = CHECKS if gate == "check" else [*CHECKS, *tests(run)]
    os.environ["TELEMED_GATE"] = str(BUILD)
    with own_folder(), figures.measured(gate) as measured:
        for step in steps:
            step.begin()
        for step in steps:
            measured.steps.append(timed(step))
    starts = figures.Starts.of(BUILD)
    figures.keep(measured, starts, run.failures)
    print(f"\n{gate}:")
    for line in (*measured.lines(starts, run.failures), *failed_tests(run.failures)):
        print(f"  {line}")
    return 0 if all(each.passed for each in measured.steps) else 1


def clear() -> None:
    """Of the run before nothing stays that could be taken for this one's."""
    BUILD.mkdir(exist_ok=True)
    for old in (*BUILD.glob(RESULTS.format("*")), *BUILD.glob("*.jsonl")):
        old.unlink()
    for folder in ("flaky", "again"):
        shutil.rmtree(BUILD / folder, ignore_errors=True)


def timed(step: Step) -> figures.Figure:
    print(f"\n== {step.name}", flush=True)
    started = time.monotonic()
    spent = step.run()
    return figures.Figure(step.name, spent.passed, time.monotonic() - started, spent.cpu)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
