"""The gate itself: a step that hangs fails with what it was at, and nothing it wrote beside the project stays."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from scripts import running

HANGS = """
import faulthandler, subprocess, sys
faulthandler.enable()
child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
print(child.pid, flush=True)
def waits_for_ever():
    child.wait()
waits_for_ever()
"""


def test_a_step_that_hangs_is_stopped_with_its_children_and_says_where_it_stood(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "err").open("wb") as err:
        process = subprocess.Popen([sys.executable, "-c", HANGS], stdout=subprocess.PIPE, stderr=err)
    assert process.stdout is not None
    with process.stdout:
        child = int(process.stdout.readline())
        assert not running.passes(process, 0.1)
    assert not psutil.pid_exists(child)
    assert "in waits_for_ever" in (tmp_path / "err").read_text()
    assert "took longer than 0 s" in capfd.readouterr().out


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
