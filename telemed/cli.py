"""The command line: serve, demo, migrate, token, events, quarantine, openapi."""

import asyncio
import gc
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar
from uuid import UUID

import structlog
from cyclopts import App, Parameter

from telemed.config import Settings
from telemed.errors import StartRefused, TelemedError

if TYPE_CHECKING:  # imported by the commands that need them, so that others start fast
    from telemed.bridge.aside import Aside
    from telemed.db import Database

app = App(name="telemed", help="Remote consultation between a hub hospital and its branches.")
T = TypeVar("T")
Json = Annotated[bool, Parameter(name="--json", negative="")]
TOKEN_LIFE = timedelta(hours=12)
DEMO = Path("build/demo")


@app.command
def serve() -> None:
    """Serve, configured by TELEMED_* in the environment or in .env."""
    _logs()
    asyncio.run(_serve(Settings()))


@app.command
def demo(
    *,
    data_dir: Path = DEMO,
    http_port: int = 8760,
    signal_port: int = 8761,
    dimse_port: int = 8762,
    password: str | None = None,
    ahead: timedelta | None = None,
    lan: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Serve a demonstration with fictional hospitals, people and cases.

    Parameters
    ----------
    data_dir
        Where it keeps its data; a second start goes on with them.
    http_port
        Pages and /api.
    signal_port
        The rooms' WebSocket.
    dimse_port
        DICOM C-STORE and C-ECHO; 0 for none.
    password
        One password for all accounts; otherwise each gets a random one at every start.
    ahead
        How far its clock is ahead of the real one: 26h, 90m, 3d. On the same data it may only grow, and is kept.
    lan
        Serve HTTPS to the local network, with a certificate authority made on the spot.
    """
    with _loading():
        from telemed.demo.run import run

    _logs(quiet=True)
    asyncio.run(run(data_dir, http_port, signal_port, dimse_port, password, lan=lan, ahead=ahead))


@app.command
def migrate() -> None:
    """Bring the database's schema up to date."""
    from telemed.serve import open_database

    async def work() -> None:
        settings = Settings()
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        async with open_database(settings.database):
            pass

    asyncio.run(work())


@app.command
def token(*, user: str, data_dir: Path | None = None) -> None:
    """Print a bearer token of a user for /api, /imaging and /dicomweb, good for twelve hours.

    Of the data directory named here or by TELEMED_DATA_DIR, else of the demonstration.
    """
    from telemed.access.issue import bearer_token
    from telemed.demo.progress import clock_of

    settings = _existing(data_dir)
    print(asyncio.run(bearer_token(settings.database, user, clock_of(settings.data_dir)(), TOKEN_LIFE)))


@app.command
def events(*, after: UUID | None = None, as_json: Json = False, data_dir: Path | None = None) -> None:
    """Print what has happened, one event a line: ids, codes and times, without patient data.

    Parameters
    ----------
    after
        The id of the last event already read; without it, from the beginning.
    as_json
        One JSON object a line.
    data_dir
        Where the data are; else TELEMED_DATA_DIR, else the demonstration's.
    """
    with _loading():
        from telemed.app import FEATURES  # loads every type of event
        from telemed.history.print import print_events

    assert FEATURES
    asyncio.run(print_events(_existing(data_dir).database, after, as_json=as_json))


@app.command
def deadlines(*, as_json: Json = False, data_dir: Path | None = None) -> None:
    """Print what is due now, the longest first: ids, codes and times, without patient data; with --json, as objects."""
    with _loading():
        from telemed.app import FEATURES  # declares every kind of deadline
        from telemed.demo.progress import clock_of
        from telemed.work.print import print_due

    assert FEATURES
    settings = _existing(data_dir)
    asyncio.run(print_due(settings.database, clock_of(settings.data_dir)(), as_json=as_json))


@app.command
def notices(*, as_json: Json = False, data_dir: Path | None = None) -> None:
    """Print what waits to be sent outside the pages and what failed, and why: ids, codes and times; see deadlines."""
    with _loading():
        from telemed.app import FEATURES  # declares every kind of deadline
        from telemed.notify.print import print_notices

    assert FEATURES
    asyncio.run(print_notices(_existing(data_dir).database, as_json=as_json))


quarantine = App(name="quarantine", help="What could not be digested and was set aside: look, try again, or drop it.")
app.command(quarantine)


@quarantine.command(name="list")
def list_aside(*, data_dir: Path | None = None) -> None:
    """One line each: id, kind, when, type, and where it failed."""
    for each in asyncio.run(_aside(_existing(data_dir))):
        print(each.id, each.kind, each.at.isoformat(), each.type, each.why, sep="\t")


@quarantine.command
def show(id: str, *, values: Annotated[bool, Parameter(negative="")] = False, data_dir: Path | None = None) -> None:
    """Print one, without anything that a patient or a person wrote.

    Parameters
    ----------
    values
        With all it holds: patient data. Not for a ticket or a chat.
    """
    from telemed.bridge.aside import masked

    found = next((each for each in asyncio.run(_aside(_existing(data_dir))) if each.id == id), None)
    if found is None:
        sys.exit("Nothing of this id is set aside; see `telemed quarantine list`.")
    data = found.data if values else masked(found.data)
    told = {"id": found.id, "kind": found.kind, "type": found.type, "why": found.why, "data": data}
    json.dump(told, sys.stdout, ensure_ascii=False)
    print()


@quarantine.command
def retry(id: str, *, data_dir: Path | None = None) -> None:
    """Let it take effect after all, and say what has come of it: what the running service must try is only handed to
    it here. What fails again is set aside again.
    """
    from telemed.app import kinds
    from telemed.bridge import aside
    from telemed.demo.progress import clock_of
    from telemed.kit.quarantine import where

    settings = _existing(data_dir)
    try:
        clock = clock_of(settings.data_dir)
        tried = _with_database(settings, lambda db: aside.again(db, settings.data_dir, id, kinds(), clock))
        came = asyncio.run(tried)
    except TelemedError:
        raise
    except Exception as failure:
        sys.exit(f"It failed again and stays set aside: {where(failure)}")
    print(came if came is aside.Again.done else f"{came} If it fails again, `telemed quarantine list` names it again.")


@quarantine.command
def drop(id: str, *, data_dir: Path | None = None) -> None:
    """Give it up for good: it never takes effect."""
    from telemed.bridge import aside

    settings = _existing(data_dir)
    asyncio.run(_with_database(settings, lambda db: aside.drop(db, settings.data_dir, id)))


@app.command
def openapi() -> None:
    """Print the OpenAPI document of /api."""
    from telemed.app import openapi as document

    json.dump(document(), sys.stdout, indent=1, ensure_ascii=False)


def _existing(data_dir: Path | None) -> Settings:
    """The settings for the given data directory, or that of TELEMED_DATA_DIR, or the demonstration's."""
    settings = Settings(data_dir=data_dir) if data_dir else Settings()
    if "data_dir" not in settings.model_fields_set:
        settings = Settings(data_dir=DEMO)
    if settings.database_url is None and not (settings.data_dir / "telemed.db").exists():
        raise StartRefused(
            f"{settings.data_dir} 中没有 telemed 的数据：请先启动服务，或用 --data-dir 指明数据目录。",
            f"There is no data of telemed in {settings.data_dir}: start the service first, or name its directory by "
            "--data-dir.",
        )
    return settings


async def _with_database(settings: Settings, work: Callable[["Database"], Awaitable[T]]) -> T:
    from telemed.db import Database

    db = Database(settings.database)
    try:
        return await work(db)
    finally:
        await db.close()


async def _aside(settings: Settings) -> "list[Aside]":
    from telemed.bridge.aside import listed

    return await _with_database(settings, lambda db: listed(db, settings.data_dir))


async def _serve(settings: Settings) -> None:
    with _loading():
        from telemed.bridge.his import NoPatientSource
        from telemed.demo.progress import progress
        from telemed.serve import refuse_taken_ports, running, stopped

    if progress(settings.data_dir) is not None:
        raise StartRefused(
            f"不能使用数据目录 {settings.data_dir}：其中是演示数据，不得用于正式环境。"
            "请用 TELEMED_DATA_DIR 另选一个目录。",
            f"The data directory {settings.data_dir} cannot be used: it holds a demonstration, not real data. "
            "Choose another one by TELEMED_DATA_DIR.",
        )
    refuse_taken_ports(settings)
    async with running(settings, NoPatientSource()):
        print(f"ready {settings.origin}", flush=True)
        await stopped()


@contextmanager
def _loading() -> Iterator[None]:
    """Switches garbage collection off during imports, where it finds little and takes a tenth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _logs(*, quiet: bool = False) -> None:
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


def main() -> None:
    """Runs a command; says in a sentence, without a traceback, what a person can mend."""
    try:
        app()
    except StartRefused as refused:
        sys.exit(f"{refused}")
    except TelemedError as failure:
        sys.exit(failure.detail)
    except BrokenPipeError:  # the reader of our output has closed it, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
