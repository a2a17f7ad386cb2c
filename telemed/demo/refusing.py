"""Why a demonstration cannot start, as one sentence, wherever in the running product it came up."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from telemed.errors import NoSpace, StartRefused
from telemed.kit.failures import passing
from telemed.probes import LEAST_FREE


@contextmanager
def in_a_sentence(data_dir: Path) -> Iterator[None]:
    """Raises the StartRefused that is in a group of exceptions, and one of its own for whatever a full disk causes."""
    try:
        yield
    except Exception as failure:
        leaves = list(_leaves(failure))
        for leaf in leaves:
            if isinstance(leaf, StartRefused):
                raise leaf from leaf.__cause__
        free = shutil.disk_usage(data_dir).free
        if free < LEAST_FREE or any(isinstance(passing(leaf), NoSpace) for leaf in leaves):
            raise _full(data_dir, free) from failure
        raise


def _leaves(failure: BaseException) -> Iterator[BaseException]:
    if not isinstance(failure, BaseExceptionGroup):
        yield failure
        return
    for each in failure.exceptions:
        yield from _leaves(each)


def _full(data_dir: Path, free: int) -> StartRefused:
    left = f"{free >> 20} MB"
    return StartRefused(
        f"磁盘已满（剩余 {left}），演示没有启动。请清理 {data_dir} 所在的磁盘，"
        "或用 --data-dir 另选一个目录，再启动即可。",
        f"The disk is full ({left} are left), so the demonstration has not started. Make room on the disk of "
        f"{data_dir}, or choose another directory with --data-dir, and start again.",
    )
