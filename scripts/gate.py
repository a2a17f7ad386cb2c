"""Runs all checks or tests, even if some fail, and says at the end which failed."""

import filecmp
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from scripts.running import Beside, own_folder, passes

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
BIN = ROOT / ".venv" / "bin"
BUILD = ROOT / "build"
PYTHON_CODE = ["telemed", "signaling", "imaging", "tests", "scripts"]


@dataclass(frozen=True)
class Step:
    """`begin` starts it beside the steps before it; `passes` then waits for it and prints what it has said."""

    name: str
    passes: Callable[[], bool]
    begin: Callable[[], object] = bool


def command(*words: str, folder: Path = ROOT) -> Callable[[], bool]:
    return lambda: passes(subprocess.Popen(words, cwd=folder))


def tool(name: str, *words: str) -> Callable[[], bool]:
    return command(str(BIN / name), *words)


def web(*words: str) -> Callable[[], bool]:
    return command("npx", "--no-install", *words, folder=WEB)


def client_is_current() -> bool:
    """Whether the committed TypeScript types match the routes."""
    BUILD.mkdir(exist_ok=True)
    document, fresh = BUILD / "openapi.json", BUILD / "schema.gen.ts"
    with document.open("wb") as out:
        if subprocess.run([BIN / "telemed", "openapi"], cwd=ROOT, stdout=out).returncode != 0:
            return False
    if not web("openapi-typescript", str(document), "-o", str(fresh))():
        return False
    committed = WEB / "src" / "api" / "schema.gen.ts"
    if committed.exists() and filecmp.cmp(committed, fresh, shallow=False):
        return True
    print("web/src/api/schema.gen.ts is out of date; run `make client` and commit it.")
    return False


SLOWEST = "--durations=20"
RESULTS = "results-{}.xml"
SAID_OF_A_FAILURE = 400  # characters


def python_tests(*done: str) -> Callable[[], bool]:
    """`done`: files that another step has run."""
    workers = str(min(4, max(2, os.cpu_count() or 2)))
    spread = ("-n", workers, "--dist", "loadgroup")
    others = [word for each in ("tests/e2e", *done) for word in ("--ignore", each)]
    return tool("pytest", "-q", SLOWEST, results("python"), *spread, *others)


def results(name: str) -> str:
    """The option by which pytest writes what has failed where `failed_tests` finds it."""
    return f"--junitxml={BUILD / RESULTS.format(name)}"


def failed_tests() -> list[str]:
    """Each with the beginning of what it said: what is printed last is all that some machines show of a long log."""
    found = []
    for path in sorted(BUILD.glob(RESULTS.format("*"))):
        for case in ElementTree.parse(path).iter("testcase"):
            for said in (*case.findall("failure"), *case.findall("error")):
                message = " ".join(said.get("message", "").split())[:SAID_OF_A_FAILURE]
                found.append(f"{case.get('classname')}::{case.get('name')}: {message}")
    return found


# It plugs a cable in: a browser beside it would lose each request that is under way (ERR_NETWORK_CHANGED).
ALONE = str(Path("tests/e2e/test_lan.py"))


def browser_tests() -> bool:
    """Two halves at once, because a browser test waits a good part of its time: on calls, clocks and pages that settle.

    The halves are the same each time, so that what a test finds in the demonstration it shares is so too.
    """
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "e2e").rglob("test_*.py"))
    running = []
    for number, half in enumerate((files[::2], files[1::2]), 1):
        at_once = [each for each in half if each != ALONE]
        words = str(BIN / "pytest"), "-q", SLOWEST, results(f"browser-{number}"), *at_once
        running.append(Beside(BUILD / f"browser-tests-{number}.log", *words, folder=ROOT))
        running[-1].begin()
    both = all([each.passes() for each in running])
    return tool("pytest", "-q", results("browser-alone"), ALONE)() and both


SHAPE = ("tests/test_architecture.py", "tests/test_migration_line.py")
CHECKS = [
    Step("format", tool("ruff", "format", "--check", ".")),
    Step("lint", tool("ruff", "check", ".")),
    Step("types", tool("mypy", "--cache-dir", "build/mypy", *PYTHON_CODE)),
    Step("imports and sizes", tool("pytest", "-q", *SHAPE)),
    Step("web format and lint", web("biome", "check", ".")),
    Step("web types", web("tsc", "--noEmit")),
    Step("generated client", client_is_current),
    Step("words of the export", web("vitest", "run", "src/features/disclosures/exported.test.ts")),
]


def tests(*done: str) -> list[Step]:
    workers = f"--maxWorkers={max(2, (os.cpu_count() or 2) - 1)}"
    said = "--reporter=default", "--reporter=junit", f"--outputFile.junit={BUILD / RESULTS.format('web')}"
    words = "npx", "--no-install", "vitest", "run", workers, *said
    web_tests = Beside(BUILD / "web-tests.log", *words, folder=WEB)
    return [
        Step("web tests", web_tests.passes, web_tests.begin),
        Step("Python tests", python_tests(*done)),
        Step("browser tests", browser_tests),
    ]


GATES = {"check": CHECKS, "test": [*CHECKS, *tests(*SHAPE)], "tests-only": tests()}


def main(gate: str) -> int:
    BUILD.mkdir(exist_ok=True)
    for old in BUILD.glob(RESULTS.format("*")):
        old.unlink()
    with own_folder():
        for step in GATES[gate]:
            step.begin()
        steps = [(step.name, *timed(step)) for step in GATES[gate]]
    print(f"\n{gate}:")
    for name, passed, seconds in steps:
        print(f"  {'passed' if passed else 'FAILED':7} {name} ({seconds:.0f} s)")
    for each in failed_tests():
        print(f"  {each}")
    return 0 if all(passed for _, passed, _ in steps) else 1


def timed(step: Step) -> tuple[bool, float]:
    print(f"\n== {step.name}", flush=True)
    started = time.monotonic()
    return step.passes(), time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
