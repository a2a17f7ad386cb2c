"""A copy of the tree, in which a fault is planted and taken back; the tree itself is never touched."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.catalogue import Fault, with_fault

# What the copy only looks at.
SHARED = (".venv", "web/node_modules", "web/dist")


@contextmanager
def copy_of_tree(root: Path, to: Path) -> Iterator[Path]:
    """All that Git knows or would take, as it is now; removed when left."""
    shutil.rmtree(to, ignore_errors=True)
    words = "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"
    listed = subprocess.run(words, cwd=root, capture_output=True, check=True).stdout.decode().split("\0")
    try:
        for name in filter(None, listed):
            if (root / name).is_file():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, to / name)
        for name in SHARED:
            if (root / name).exists():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                (to / name).symlink_to(root / name)
        yield to
    finally:
        shutil.rmtree(to, ignore_errors=True)


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
