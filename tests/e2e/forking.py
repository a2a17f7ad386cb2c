"""Starts `telemed` in a fork of a process that has read its code, which is three quarters of what a start takes.

Otherwise it is a start like any other: a process of its own, with its own words, environment and output. What starts
`telemed` as it is installed: the seed of a run, the whole way from `telemed init`, and the tests of the command line.
"""

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Protocol

import psutil

from telemed import cli

# What its commands import only when they run.
READ_AHEAD = ("telemed.demo.run", "telemed.app", "telemed.serve")
LONGEST_REQUEST = 1 << 18  # bytes


class Running(Protocol):
    """What tests do with a process that serves."""

    @property
    def pid(self) -> int: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> object: ...


class Forks:
    """The process that forks; it ends with whoever began it, and so do those it has started."""

    def __init__(self) -> None:
        self._here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            words = [sys.executable, "-m", "tests.e2e.forking", str(there.fileno())]
            self._process = subprocess.Popen(words, pass_fds=[there.fileno()])

    def start(self, words: list[str]) -> tuple[psutil.Process, IO[str]]:
        """Its process and its output. `words`: those after the program's name."""
        reader, writer = os.pipe()
        asked = {"words": words, "environment": dict(os.environ), "folder": str(Path.cwd())}
        socket.send_fds(self._here, [json.dumps(asked).encode()], [writer])
        os.close(writer)
        return psutil.Process(int(self._here.recv(32))), os.fdopen(reader, encoding="utf-8")

    def close(self) -> None:
        self._here.close()
        self._process.wait()


@cache
def forks() -> Forks:
    """One for all that this process starts."""
    made = Forks()
    atexit.register(made.close)
    return made


def serve(asked: socket.socket) -> None:
    for each in READ_AHEAD:
        import_module(each)
    running: set[int] = set()

    def ended(*_: object) -> None:
        """Waited for, so that what they took is counted (scripts/minder.py)."""
        with suppress(ChildProcessError):
            while (pid := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                running.discard(pid)

    signal.signal(signal.SIGCHLD, ended)
    gc.collect()
    gc.freeze()
    while True:
        message, (*out,), *_ = socket.recv_fds(asked, LONGEST_REQUEST, 1)
        if not message:
            break
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # until it is among those that run
        if (pid := os.fork()) == 0:
            asked.close()
            os.dup2(out[0], sys.stdout.fileno())
            os.close(out[0])
            _become(**json.loads(message))
        running.add(pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        os.close(out[0])
        asked.send(str(pid).encode())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for pid in running:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    with suppress(ChildProcessError):
        while os.wait():
            pass


def _become(words: list[str], environment: dict[str, str], folder: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    gc.unfreeze()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["telemed", *words]
    cli.main()
    sys.exit()


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
