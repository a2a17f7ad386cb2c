"""Runs what the gate is made of: in a folder that is cleared away, and never longer than a step may take."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

LONGEST = 45 * 60.0  # seconds, of one step
DYING = 10.0  # seconds in which the processes that were stopped say where they stood
ROOM = 6 << 30  # bytes; of the browser tests 2.1 GiB were seen at one time
FOLDER = "telemed-gate-"


def passes(process: subprocess.Popen[bytes], limit: float = LONGEST) -> bool:
    """Whether it ends well in time. What hangs is stopped with all that it started; pytest then says where it stood."""
    try:
        return process.wait(limit) == 0
    except subprocess.TimeoutExpired:
        print(f"stopped, because it took longer than {limit:.0f} s: {process.args!r}", flush=True)
        # The process first: once its children have gone it would go on.
        all_of_it = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        _send(all_of_it, signal.SIGABRT)
        _, alive = psutil.wait_procs(all_of_it, DYING)
        _send(alive, signal.SIGKILL)
        process.wait()
        return False


def _send(processes: list[psutil.Process], number: signal.Signals) -> None:
    for each in processes:
        with suppress(psutil.NoSuchProcess):
            each.send_signal(number)


class Beside:
    """A command that runs beside others, because most of them leave a core idle."""

    def __init__(self, log: Path, *words: str, folder: Path) -> None:
        self._log, self._words, self._folder = log, words, folder
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        with self._log.open("w") as out:
            self._process = subprocess.Popen(self._words, cwd=self._folder, stdout=out, stderr=subprocess.STDOUT)

    def passes(self) -> bool:
        assert self._process is not None
        passed = passes(self._process)
        print(self._log.read_text(errors="replace"), flush=True)
        return passed


@contextmanager
def own_folder() -> Iterator[None]:
    """Whatever the steps write beside the project is in a folder of this run, and goes with it.

    A full disk does not fail tests, it hangs them: so this also clears what runs have left that were killed, and
    refuses to begin (`SystemExit`) on a disk that has too little left.
    """
    usual = Path(tempfile.gettempdir())
    for left in usual.glob(f"{FOLDER}*"):
        if not psutil.pid_exists(int(left.name.removeprefix(FOLDER))):
            shutil.rmtree(left, ignore_errors=True)
    free = shutil.disk_usage(usual).free
    if free < ROOM:
        raise SystemExit(
            f"The tests want {ROOM >> 30} GiB in {usual}, and {free / (1 << 30):.1f} GiB are free. "
            "Make room there, or set TMPDIR to a folder that has it."
        )
    folder = usual / f"{FOLDER}{os.getpid()}"
    folder.mkdir()
    os.environ["TMPDIR"] = os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
