"""The rooms' server as a process of its own."""

import json
import signal
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO

from tests.signaling.kit import ORIGIN, PUBLIC

ROOT = Path(__file__).parents[2]


def launch(path: Path, origin: str, *more: str) -> Popen[str]:
    command = [sys.executable, "-m", "signaling", "--port", "0", "--log", str(path / "room.db"), "--drain", "0.1"]
    return Popen([*command, "--origin", origin, *more], cwd=ROOT, stdout=PIPE, stderr=PIPE, text=True)


def line_of(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline().strip()


def start(path: Path, origin: str = ORIGIN) -> tuple[Popen[str], int]:
    (path / "jwks.json").write_text(json.dumps(PUBLIC.as_dict(private=False)))
    process = launch(path, origin, "--jwks", str(path / "jwks.json"))
    return process, int(line_of(process.stdout))


def stop(process: Popen[str], how: signal.Signals) -> None:
    process.send_signal(how)
    process.communicate()
