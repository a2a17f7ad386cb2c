"""Whether a demonstration has been made, and how far its clock is ahead."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from telemed.errors import StartRefused
from telemed.kit.clock import Clock, ahead_by
from telemed.kit.model import Model

MADE = ("telemed.db*", "rooms.db*", "imaging", "files", "spool")  # in the data directory, by a start
SAMPLES = "samples"  # in the data directory: files to practise with
REAL, LONGEST = timedelta(0), timedelta(days=3650)  # limits for how far the clock may be ahead


class Progress(Model):
    """Stored beside the data, before the first of them."""

    began: datetime
    alone: bool = False  # when it began there was nothing of these names in the directory
    done: bool = False
    ahead: Annotated[timedelta, Field(ge=REAL, le=LONGEST)] = REAL  # the largest ever used with these data


def progress(data_dir: Path) -> Progress | None:
    kept = data_dir / "demo.json"
    if not kept.exists():
        return None
    try:
        return Progress.model_validate_json(kept.read_bytes())
    except ValidationError as broken:
        raise StartRefused(
            f"不能读取 {kept}：内容已损坏，或由别的程序写成。"
            "请用 --data-dir 另选一个目录，或删除这个演示数据目录后重新生成。",
            f"{kept} cannot be read: it is damaged, or another program wrote it. "
            "Choose another data directory (--data-dir), or delete this demonstration to have it made anew.",
        ) from broken


def is_alone(data_dir: Path) -> bool:
    return not any(True for name in (*MADE, SAMPLES) for _ in data_dir.glob(name))


def whole(data_dir: Path, before: Progress | None) -> Progress | None:
    """`before`, or None after removing what a start left that was interrupted.

    Nobody has used that, and a case half played cannot be played on.
    """
    if before is None or before.done:
        return before
    if not before.alone:
        raise StartRefused(
            f"上一次生成演示数据时中断，{data_dir} 中还有别的文件，因此没有自动清除。"
            "请用 --data-dir 另选一个目录，或删除这个目录后重新生成。",
            f"Making the demonstration in {data_dir} was interrupted, and other files were there, so nothing was "
            "removed. Choose another directory with --data-dir, or delete this one to have it made anew.",
        )
    for name in (*MADE, SAMPLES):
        for left in data_dir.glob(name):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    (data_dir / "demo.json").unlink()  # the last, so that a removal that is interrupted too goes on
    return None


@contextmanager
def held(data_dir: Path) -> Iterator[None]:
    """Refuses a second demonstration on the same data. A killed one holds nothing."""
    with (data_dir / "demo.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise StartRefused(
                f"{data_dir} 中的演示正在另一个窗口运行。请先停止它，或用 --data-dir 另选一个目录。",
                f"The demonstration in {data_dir} is running already. "
                "Stop it first, or choose another directory with --data-dir.",
            ) from taken
        yield


def keep(data_dir: Path, state: Progress) -> None:
    fresh = data_dir / "demo.json.new"
    fresh.write_text(state.model_dump_json())
    fresh.replace(data_dir / "demo.json")


def clock_of(data_dir: Path) -> Clock:
    """The clock for the data in this directory; only a demonstration's may be ahead."""
    before = progress(data_dir)
    return ahead_by(before.ahead if before else REAL)


def chosen_ahead(data_dir: Path, before: Progress | None, wanted: timedelta | None) -> timedelta:
    """How far the clock shall be ahead: as before, or more. Set back, what was done would lie in the future."""
    kept = before.ahead if before else REAL
    if wanted is None:
        return kept
    if not REAL <= wanted <= LONGEST:
        raise StartRefused(
            f"--ahead 须在 0 到 {LONGEST.days} 天之间，例如 26h、90m、3d。",
            f"--ahead must lie between 0 and {LONGEST.days} days, for example 26h, 90m or 3d.",
        )
    if wanted < kept:
        raise StartRefused(
            f"{data_dir} 中的演示时钟已经提前 {words(kept)}，只能再往前，不能退回到 {words(wanted)}。"
            f"请用 --ahead {words(kept)} 或更大的值，或用 --data-dir 另选一个目录。",
            f"The clock of the demonstration in {data_dir} is {words(kept)} ahead already and cannot go back to "
            f"{words(wanted)}. Use --ahead {words(kept)} or more, or choose another directory with --data-dir.",
        )
    return wanted


def words(ahead: timedelta) -> str:
    """As it is typed: 26h, 1h30m."""
    minutes, seconds = divmod(round(ahead.total_seconds()), 60)
    parts = ((minutes // 60, "h"), (minutes % 60, "m"), (seconds, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0h"
