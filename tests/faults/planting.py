"""A copy of the tree, in which a fault is planted and taken back; the tree itself is never touched."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.catalogue import Fault, with_fault

# What the copy only looks at.
SHARED = (".venv", "web/node_modules", "web/dist")


class NoSuchCommit(Exception):
    pass


@contextmanager
def copy_of_tree(root: Path, to: Path, commit: str = "") -> Iterator[Path]:
    """All that Git knows or would take, as it is now, or as it was in a commit; removed when left."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    try:
        if commit:
            _as_it_was(root, to, commit)
        else:
            _as_it_is(root, to)
        # The pages of now are not those of then.
        for name in SHARED[:-1] if commit else SHARED:
            if (root / name).exists():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                (to / name).symlink_to(root / name)
        yield to
    finally:
        shutil.rmtree(to, ignore_errors=True)


def _as_it_is(root: Path, to: Path) -> None:
    words = "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"
    listed = subprocess.run(words, cwd=root, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, listed):
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name)


def _as_it_was(root: Path, to: Path, commit: str) -> None:
    """With what runs the faults, which is newer."""
    archive = to.with_suffix(".tar")
    words = "git", "archive", "--format=tar", "-o", str(archive), commit
    if subprocess.run(words, cwd=root, capture_output=True).returncode != 0:
        raise NoSuchCommit(f"the commit {commit} is not in this clone")
    with tarfile.open(archive) as found:
        found.extractall(to, filter="data")
    archive.unlink()
    shutil.copytree(root / "tests/faults", to / "tests/faults", dirs_exist_ok=True)


@contextmanager
def planted(copy: Path, fault: Fault) -> Iterator[None]:
    path = copy / fault.file
    text, times = path.read_text(encoding="utf-8"), path.stat()
    path.write_text(with_fault(text, fault), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(text, encoding="utf-8")
        # Later than both, so that no compiled file of the fault is taken for its.
        os.utime(path, (times.st_atime, path.stat().st_mtime + 1))
