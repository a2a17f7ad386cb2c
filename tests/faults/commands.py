"""Runs a batch of tests in the copy, and says which failed first. Nothing that it starts outlives it."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from tests.faults.first_failure import WHERE
from tests.faults.near import Batch, Side

DYING = 20.0  # seconds in which what is stopped may clear up
# The long part belongs to `make full`.
PYTEST = ("-m", "pytest", "-x", "-q", "-p", "tests.faults.first_failure", "-p", "no:cacheprovider", "-m", "not full")
SPECIAL = re.compile(r"[.*+?^${}()|\[\]\\]")  # in the pattern by which vitest is told a name
VITEST = ("npx", "--no-install", "vitest", "run", "--bail=1", "--reporter=json")


class TimedOut(Exception):
    pass


class Broken(Exception):
    """Tests could not run at all; says what was printed last."""


def run(words: Sequence[str], copy: Path, limit: float, env: Mapping[str, str], *, folder: str = "") -> tuple[int, str]:
    """How it ended and what it printed. Raises TimedOut; what it has started is gone in any case.

    It works in `folder` of the copy, and writes what it forgets beside the copy.
    """
    beside = copy.with_name("tmp")
    beside.mkdir(exist_ok=True)
    own = {"TMPDIR": str(beside), "PYTEST_DEBUG_TEMPROOT": str(beside)}
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            words, cwd=copy / folder, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **own, **env}
        )
        try:
            code = process.wait(max(limit, 0.0))
        except subprocess.TimeoutExpired:
            raise TimedOut from None
        finally:
            _end(process, copy.parent)
        out.seek(0)
        return code, out.read().decode(errors="replace")


def _end(process: subprocess.Popen[bytes], home: Path) -> None:
    """Interrupted, pytest stops what it has started, a database too that is no child of it. Then whatever is left."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(DYING)
    left = _works_in(home)
    for each in left:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    psutil.wait_procs(left, DYING)
    process.wait()


def _works_in(home: Path) -> list[psutil.Process]:
    found = []
    for each in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if Path(each.cwd()).is_relative_to(home):
                found.append(each)
    return found


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
        only = ("-t", SPECIAL.sub(r"\\\g<0>", named[0])) if named else ()
        words = (*VITEST, f"--outputFile={said}", *only, *files)
        code, printed = run(words, copy, limit, env, folder="web")
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
