"""The command line: serve, demo, migrate, token, openapi."""

import asyncio
import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import structlog
from cyclopts import App, Parameter

from telemed.config import Settings
from telemed.errors import StartRefused, TelemedError

app = App(name="telemed", help="Remote consultation between a hub hospital and its branches.")
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
    lan
        Serve HTTPS to the local network, with a certificate authority made on the spot.
    """
    with _loading():
        from telemed.demo.run import run

    _logs(quiet=True)
    asyncio.run(run(data_dir, http_port, signal_port, dimse_port, password, lan=lan))


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

    settings = Settings(data_dir=data_dir) if data_dir else Settings()
    if "data_dir" not in settings.model_fields_set:
        settings = Settings(data_dir=DEMO)
    if settings.database_url is None and not (settings.data_dir / "telemed.db").exists():
        raise StartRefused(
            f"{settings.data_dir} 中没有 telemed 的数据：请先启动服务，或用 --data-dir 指明数据目录。",
            f"There is no data of telemed in {settings.data_dir}: start the service first, or name its directory by "
            "--data-dir.",
        )
    print(asyncio.run(bearer_token(settings.database, user, TOKEN_LIFE)))


@app.command
def openapi() -> None:
    """Print the OpenAPI document of /api."""
    from telemed.app import openapi as document

    json.dump(document(), sys.stdout, indent=1, ensure_ascii=False)


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
    """Imports drop little: looking for garbage meanwhile took a tenth of a start, and would find the same later."""
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
    """What a person can put right is said in a sentence, without a traceback."""
    try:
        app()
    except StartRefused as refused:
        sys.exit(f"{refused}")
    except TelemedError as failure:
        sys.exit(failure.detail)
