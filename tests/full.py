"""A full disk, made with the limit on the size of a file (RLIMIT_FSIZE): writes beyond it fail with EFBIG."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def full_at(*files: Path, more: int = 4096) -> Iterator[None]:
    """Until left, no file of this process grows beyond the largest of `files` and a little `more`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(each.stat().st_size for each in files) + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
