"""Runs what the gate is made of: in a folder that is cleared away, and never longer than a step may take."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import psutil

ROOT = Path(__file__).resolve().parent.parent
MINDER = Path(__file__).with_name("minder.py")
LONGEST = 45 * 60.0  # seconds, of one command
ROOM = 6 << 30  # bytes; of the browser tests 2.1 GiB were seen at one time
FOLDER = "telemed-gate-"
# Tests commit many thousand times, and each time a disk takes milliseconds.
MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Spent:
    """How a command ended, and the CPU seconds that it and all it started took."""

    code: int
    cpu: float

    @property
    def passed(self) -> bool:
        return self.code == 0


class Task:
    """A command that may run beside others, because most of them leave a core idle.

    Its output goes to `log`, and is printed when it has ended; without one it is printed as it comes.
    """

    def __init__(self, *words: str, folder: Path = ROOT, log: Path | None = None, limit: float = LONGEST) -> None:
        self._words, self._folder, self._log, self._limit = words, folder, log, limit
        self._process: subprocess.Popen[bytes] | None = None
        self._spent: Path | None = None

    def begin(self, environment: Mapping[str, str] | None = None) -> None:
        """`environment`: what is set beside the gate's own."""
        handle, name = tempfile.mkstemp(prefix="spent-")
        os.close(handle)
        self._spent = Path(name)
        words = sys.executable, str(MINDER), str(os.getpid()), str(self._limit), name, *self._words
        surroundings = {**os.environ, **(environment or {})}
        with ExitStack() as closing:
            out = closing.enter_context(self._log.open("wb")) if self._log else None
            error = subprocess.STDOUT if out else None
            self._process = subprocess.Popen(words, cwd=self._folder, env=surroundings, stdout=out, stderr=error)

    def finish(self) -> Spent:
        """Waits for its end."""
        assert self._process is not None, "it has not begun"
        assert self._spent is not None
        code = self._process.wait()
        if self._log is not None:
            print(self._log.read_text(errors="replace"), flush=True)
        said = self._spent.read_text()
        self._spent.unlink()
        return Spent(code, json.loads(said)["cpu"] if said else 0.0)

    def run(self) -> Spent:
        self.begin()
        return self.finish()


@contextmanager
def own_folder() -> Iterator[None]:
    """Whatever the steps write beside the project is in a folder of this run, and goes with it.

    A full disk does not fail tests, it hangs them: so this also clears what runs have left that were killed, and
    refuses to begin (`SystemExit`) on a disk that has too little left.
    """
    usual = Path(tempfile.gettempdir())
    for left in (*usual.glob(f"{FOLDER}*"), *MEMORY.glob(f"{FOLDER}*")):
        if not psutil.pid_exists(int(left.name.removeprefix(FOLDER))):
            shutil.rmtree(left, ignore_errors=True)
    if "TMPDIR" not in os.environ and _memory_has_room():
        usual = MEMORY
    free = shutil.disk_usage(usual).free
    if free < ROOM:
        raise SystemExit(
            f"The tests want {ROOM >> 30} GiB in {usual}, and {free / (1 << 30):.1f} GiB are free. "
            "Make room there, or set TMPDIR to a folder that has it."
        )
    folder = usual / f"{FOLDER}{os.getpid()}"
    folder.mkdir()
    try:
        with patch.dict(os.environ, dict.fromkeys(("TMPDIR", "PYTEST_DEBUG_TEMPROOT"), str(folder))):
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory_has_room() -> bool:
    """For the folder, and as much again beside it."""
    if not MEMORY.is_dir():
        return False
    return min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available) > 2 * ROOM
