"""Runs one command and takes in all that it starts: nothing of it outlives the command or who asked for it.

`python scripts/minder.py PARENT SECONDS SPENT COMMAND...` ends as the command ends. What takes longer than SECONDS is
stopped; pytest then says where it stood. Into the file SPENT goes how many seconds of CPU time it took. Linux gives a
process whose parent has gone to the nearest ancestor that asked for it (PR_SET_CHILD_SUBREAPER), which is this one: so
a browser's helpers are counted and ended too.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

import psutil

DYING = 10.0  # seconds in which what was stopped says where it stood
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


class Ended(Exception):
    """Who asked for the command has gone, or wants no more of it."""


def main(parent: str, limit: str, spent: str, *words: str) -> int:
    _take_in(int(parent))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal the command gets its own
    process = subprocess.Popen(words)
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGALRM, lambda *_: _stop(process.pid, words, float(limit)))
    signal.setitimer(signal.ITIMER_REAL, float(limit))
    try:
        code = _reap(process.pid)
    except Ended:
        code = 128 + signal.SIGTERM
    signal.setitimer(signal.ITIMER_REAL, 0)
    _end_what_is_left()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    Path(spent).write_text(json.dumps({"cpu": used.ru_utime + used.ru_stime}))
    return code


def _take_in(parent: int) -> None:
    """All orphans below come here, and the end of the parent is told by SIGTERM."""
    if sys.platform != "linux":
        return
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    calls = ctypes.CDLL(None, use_errno=True)
    for what, value in ((PR_SET_CHILD_SUBREAPER, 1), (PR_SET_PDEATHSIG, signal.SIGTERM)):
        if calls.prctl(what, int(value), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        sys.exit(128 + signal.SIGTERM)


def _end(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Ended


def _reap(command: int) -> int:
    """Waits for every child that ends, because one that is not waited for stays in the table of processes."""
    while True:
        pid, status = os.wait()
        if pid == command:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _stop(command: int, words: tuple[str, ...], limit: float) -> None:
    print(f"stopped, because it took longer than {limit:.0f} s: {' '.join(words)}", flush=True)
    # The command first: once its children have gone it would go on.
    with suppress(ProcessLookupError):
        os.kill(command, signal.SIGABRT)
    _send(_below(), signal.SIGABRT)
    signal.signal(signal.SIGALRM, lambda *_: _send(_below(), signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, DYING)


def _end_what_is_left() -> None:
    while left := _below():
        _send(left, signal.SIGKILL)
        with suppress(ChildProcessError):
            while os.wait():
                pass


def _below() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def _send(processes: list[psutil.Process], number: signal.Signals) -> None:
    for each in processes:
        with suppress(psutil.NoSuchProcess):
            each.send_signal(number)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
