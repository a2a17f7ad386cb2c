"""The gate itself: a step that hangs fails with what it was at, and neither a process nor a file of it stays."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from scripts import running
from scripts.running import ROOT, Spent, Task

WITHIN = 30.0  # seconds until a process has gone that was killed
# Starts a child in a session of its own, says who is there, and waits for ever.
HANGS = """
import faulthandler, os, subprocess, sys
faulthandler.enable()
words = [sys.executable, "-c", "input()"]
child = subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)
def waits_for_ever():
    with open(sys.argv[1], "w") as told:
        print(os.getppid(), child.pid, file=told)
    child.wait()
waits_for_ever()
"""
# Ends, and leaves a child in a session of its own that is certainly running.
LEAVES = """
import os, subprocess, sys
words = [sys.executable, "-c", "import signal; print(flush=True); signal.pause()"]
child = subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True)
child.stdout.readline()
open(sys.argv[1], "w").write(str(child.pid))
os._exit(3)
"""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "told")
    return tmp_path / "told"


def test_a_step_that_hangs_is_stopped_with_its_children_and_says_where_it_stood(
    tmp_path: Path, told: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    task = Task(sys.executable, "-c", HANGS, str(told), log=tmp_path / "log")
    task.begin()
    minder, child = map(int, told.read_text().split())
    os.kill(minder, signal.SIGALRM)  # its time is over
    assert task.finish().code == 128 + signal.SIGABRT
    assert not psutil.pid_exists(child)
    said = capfd.readouterr().out
    assert "in waits_for_ever" in said
    assert "stopped, because it took longer than 2700 s" in said


def test_what_a_step_leaves_behind_is_ended(tmp_path: Path) -> None:
    ended = Task(sys.executable, "-c", LEAVES, str(tmp_path / "left")).run()
    assert ended.code == 3
    assert not psutil.pid_exists(int((tmp_path / "left").read_text()))


def test_nothing_goes_on_when_the_gate_is_killed(told: Path) -> None:
    gate = "import sys; from scripts.running import Task; Task(*sys.argv[1:]).run()"
    words = [sys.executable, "-c", gate, sys.executable, "-c", HANGS, str(told)]
    with subprocess.Popen(words, cwd=ROOT) as process:
        minder, child = (psutil.Process(int(pid)) for pid in told.read_text().split())
        process.kill()
    _, alive = psutil.wait_procs([minder, child], WITHIN)
    assert not alive


def test_a_step_ends_as_its_command_does(tmp_path: Path) -> None:
    code = "import sys; sum(range(3_000_000)); sys.exit(3)"
    ended = Task(sys.executable, "-c", code).run()
    assert (ended.code, ended.passed) == (3, False)
    assert ended.cpu > 0
    assert Spent(0, 1.0).passed


def test_what_is_written_beside_the_project_goes_and_so_does_what_a_killed_run_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert not psutil.pid_exists(ended.pid)
    left = tmp_path / f"telemed-gate-{ended.pid}"
    left.mkdir()
    of_another_run = tmp_path / f"telemed-gate-{os.getppid()}"
    of_another_run.mkdir()
    for name in ("TMPDIR", "PYTEST_DEBUG_TEMPROOT"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(running, "ROOM", 0)
    with running.own_folder():
        own = Path(os.environ["TMPDIR"])
        assert own.parent == tmp_path
        (own / "written").touch()
        assert set(tmp_path.iterdir()) == {own, of_another_run}
    assert list(tmp_path.iterdir()) == [of_another_run]


def test_on_a_disk_that_is_almost_full_it_does_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1 << 30))
    with pytest.raises(SystemExit, match=r"1\.0 GiB are free\. Make room there"), running.own_folder():
        pytest.fail("it began")
