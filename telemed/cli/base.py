"""The root of the command line, and what its commands share: settings, a database, imports that start fast."""

import gc
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import structlog
from cyclopts import App, Parameter

from telemed.config import KEPT, DataDir, Settings
from telemed.errors import StartRefused

if TYPE_CHECKING:  # imported by the commands that need it, so that others start fast
    from telemed.db import Database
    from telemed.kit.clock import Clock

app = App(name="telemed", help="Remote consultation between a hub hospital and its branches.")
T = TypeVar("T")
Json = Annotated[bool, Parameter(name="--json", negative="")]
DEMO = Path("build/demo")


def settings_in(data_dir: Path | None) -> Settings:
    """The settings for a data directory, which may hold some itself (`telemed init` writes them); the environment and
    `.env` win over those.
    """
    here = data_dir or DataDir().data_dir
    named: dict[str, Any] = {"data_dir": data_dir} if data_dir else {}
    if (kept := here / KEPT).is_file():
        named["_env_file"] = (kept, ".env")
    return Settings(**named)


def existing(data_dir: Path | None) -> Settings:
    """The settings for the given data directory, or that of TELEMED_DATA_DIR, or the demonstration's."""
    settings = settings_in(data_dir)
    if "data_dir" not in settings.model_fields_set:
        settings = Settings(data_dir=DEMO)
    if settings.database_url is None and not (settings.data_dir / "telemed.db").exists():
        raise StartRefused(
            f"{settings.data_dir} 中没有 telemed 的数据：请先启动服务，或用 --data-dir 指明数据目录。",
            f"There is no data of telemed in {settings.data_dir}: start the service first, or name its directory by "
            "--data-dir.",
        )
    return settings


def clock_of(data_dir: Path) -> "Clock":
    """The clock for the data in this directory: the real one, unless they are a demonstration's, which may be ahead."""
    from telemed.kit.clock import utcnow

    if not (data_dir / "demo.json").exists():
        return utcnow
    from telemed.demo import progress

    return progress.clock_of(data_dir)


def named(data_dir: Path | None) -> Settings:
    """The same for a command that changes something: never the demonstration's unless it is named."""
    if data_dir is None and "data_dir" not in settings_in(None).model_fields_set:
        raise StartRefused(
            "请用 --data-dir 指明数据目录（安装时 telemed init 所用的），或设置 TELEMED_DATA_DIR。",
            "Name the data directory (that of `telemed init`) by --data-dir, or set TELEMED_DATA_DIR.",
        )
    return existing(data_dir)


async def with_database(settings: Settings, work: Callable[["Database"], Awaitable[T]]) -> T:
    from telemed.db import Database

    db = Database(settings.database)
    try:
        return await work(db)
    finally:
        await db.close()


def private_files() -> None:
    """What is written from now on only this account of the machine can read: it holds patients."""
    os.umask(0o077)


@contextmanager
def loading() -> Iterator[None]:
    """Switches garbage collection off during imports, where it finds little and takes a tenth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def logs(*, quiet: bool = False) -> None:
    """One line an event, on standard error; never a patient's name."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer() if quiet else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
