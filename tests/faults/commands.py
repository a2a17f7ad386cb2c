"""Runs a batch of tests in the copy, and says which failed first. Nothing that it starts outlives it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from tests.faults.first_failure import WHERE
from tests.faults.near import Batch, Side

DYING = 10.0  # seconds in which what is stopped may clear up
# The long part belongs to `make full`.
PYTEST = ("-m", "pytest", "-x", "-q", "-p", "tests.faults.first_failure", "-p", "no:cacheprovider", "-m", "not full")
VITEST = ("npx", "--no-install", "vitest", "run", "--bail=1", "--reporter=json")


class TimedOut(Exception):
    pass


class Broken(Exception):
    """Tests could not run at all; says what was printed last."""


def run(words: Sequence[str], folder: Path, limit: float, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """How it ended and what it printed. Raises TimedOut; the processes that it started are gone in any case."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            words, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}
        )
        try:
            code = process.wait(max(limit, 0.0))
        except subprocess.TimeoutExpired:
            raise TimedOut from None
        finally:
            _end(process)
        out.seek(0)
        return code, out.read().decode(errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """The children first asked, then killed: a browser and a database that are told to end leave nothing behind."""
    if process.poll() is not None:
        return
    all_of_it = [psutil.Process(process.pid)]
    with suppress(psutil.NoSuchProcess):
        all_of_it += all_of_it[0].children(recursive=True)
    for each in all_of_it:
        with suppress(psutil.NoSuchProcess):
            each.terminate()
    _, alive = psutil.wait_procs(all_of_it, DYING)
    for each in alive:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    process.wait()


def first_failure(copy: Path, batch: Batch, limit: float, env: Mapping[str, str]) -> str | None:
    """The first test of the batch that fails, None: all pass. Raises TimedOut, and Broken if nothing could run."""
    return _vitest(copy, batch, limit, env) if batch.side is Side.web else _pytest(copy, batch, limit, env)


def _pytest(copy: Path, batch: Batch, limit: float, env: Mapping[str, str]) -> str | None:
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "first"
        # The copy before the tree that is installed.
        own = {"PYTHONPATH": str(copy), WHERE: str(said)}
        code, printed = run((sys.executable, *PYTEST, *batch.tests), copy, limit, {**env, **own})
        if said.exists():
            return said.read_text(encoding="utf-8")
    if code not in (0, 5):  # 5: all of them belong to the long part
        raise Broken(printed[-2000:])
    return None


def _vitest(copy: Path, batch: Batch, limit: float, env: Mapping[str, str]) -> str | None:
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.json"
        files = [each.partition("::")[0].removeprefix("web/") for each in batch.tests]
        named = [each.partition("::")[2] for each in batch.tests if "::" in each]
        only = ("-t", named[0]) if named else ()
        words = (*VITEST, f"--outputFile={said}", *only, *files)
        code, printed = run(words, copy / "web", limit, env)
        if not said.exists():
            raise Broken(printed[-2000:])
        results = json.loads(said.read_text(encoding="utf-8"))["testResults"]
    for file in results:
        path = Path(file["name"]).relative_to(copy).as_posix()
        for each in file["assertionResults"]:
            if each["status"] == "failed":
                return f"{path}::{each['fullName'].strip()}"
        if file["status"] == "failed" and not file["assertionResults"]:
            return path
    if code != 0:
        raise Broken(printed[-2000:])
    return None
