"""How a set-up goes on: steps beside each other, each done once, one set-up at a time, and what fails is named."""

import fcntl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build"
STAMPS = BUILD / "stamps"
LAST = 20  # lines that are shown of what a command said before it failed
RUNNING: set["subprocess.Popen[str]"] = set()
ENDING = threading.Event()
HELD = threading.local()  # `.locks`: the descriptors of this chain's locks


class CannotSetUp(Exception):
    """It does not go on; the text says why, and what a person must do."""


def at_once(*chains: Callable[[], object]) -> None:
    """Runs them beside each other, each to its end; then raises all that failed as one."""
    with ThreadPoolExecutor(len(chains)) as pool:
        running = [pool.submit(chain) for chain in chains]
    failed = [failure for each in running if (failure := each.exception()) is not None]
    for failure in failed:
        if not isinstance(failure, CannotSetUp):
            raise failure
    if failed:
        raise CannotSetUp("\n\n".join(map(str, failed)))


def once(name: str, inputs: Iterable[Path], present: Callable[[], bool], make: Callable[[], None]) -> None:
    """Runs `make` unless its result exists and was made from the same inputs by the same Python."""
    made_from = stamp(name, digest(inputs))
    if made_from.exists() and present():
        return
    with held(name.partition("-")[0]):
        if made_from.exists() and present():
            return  # by another set-up meanwhile
        for old in STAMPS.glob(f"{name}.*"):
            old.unlink()
        started = time.monotonic()
        make()
        made_from.touch()
        say(f"{name} done in {time.monotonic() - started:.0f} s")


def stamp(name: str, made_from: str) -> Path:
    return STAMPS / f"{name}.{made_from}"


def digest(inputs: Iterable[Path]) -> str:
    total = sha256(sys.version.encode())
    for path in sorted(inputs):
        total.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:24]


@contextmanager
def held(name: str) -> Iterator[None]:
    """Only one set-up at a time. What a killed one has left running holds it too, until it ends."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    with (BUILD / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another set-up is at it ({name}); waiting for its end")
            fcntl.flock(file, fcntl.LOCK_EX)
        before = locks()
        HELD.locks = (*before, file.fileno())
        try:
            yield
        finally:
            HELD.locks = before


def locks() -> tuple[int, ...]:
    own: tuple[int, ...] = getattr(HELD, "locks", ())
    return own


def run(
    command: list[str], folder: Path = ROOT, environment: dict[str, str] | None = None, given: str | None = None
) -> None:
    """Runs it without a word; what it said last is told if it fails. `given`: what it reads."""
    if ENDING.is_set():
        raise CannotSetUp("it was ended")
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=locks(),
    ) as process:
        RUNNING.add(process)
        if ENDING.is_set():  # meanwhile
            process.terminate()
        try:
            said, _ = process.communicate(given)
        finally:
            RUNNING.discard(process)
    if process.returncode != 0:
        ended = f"ended by signal {-process.returncode}" if process.returncode < 0 else "failed"
        last = "".join(f"\n  {line}" for line in said.rstrip().splitlines()[-LAST:])
        raise CannotSetUp(f"this command {ended}: {' '.join(command)}{last}")


def end_all() -> None:
    """Ends what runs, and lets nothing begin; whoever waits for it is told that it failed."""
    ENDING.set()
    for each in list(RUNNING):
        each.terminate()


def say(text: str) -> None:
    print(f"[setup] {text}", file=sys.stderr, flush=True)
