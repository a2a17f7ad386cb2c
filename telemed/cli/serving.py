"""serve, demo, migrate: what runs the product."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from telemed.cli.base import DEMO, app, loading, logs, settings_in
from telemed.config import Settings
from telemed.errors import StartRefused


@app.command
def serve(*, data_dir: Path | None = None) -> None:
    """Serve, configured by TELEMED_* in the environment, in .env, or in telemed.env of the data directory.

    Parameters
    ----------
    data_dir
        What `telemed init` has prepared; else TELEMED_DATA_DIR.
    """
    logs()
    asyncio.run(_serve(settings_in(data_dir)))


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
    with loading():
        from telemed.demo.run import run

    logs(quiet=True)
    asyncio.run(run(data_dir, http_port, signal_port, dimse_port, password, lan=lan, ahead=ahead))


@app.command
def migrate(*, data_dir: Path | None = None) -> None:
    """Bring the database's schema up to date; see serve."""
    from telemed.serve import open_database

    async def work() -> None:
        settings = settings_in(data_dir)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        async with open_database(settings.database):
            pass

    asyncio.run(work())


async def _serve(settings: Settings) -> None:
    with loading():
        from telemed.bridge.his import NoPatientSource
        from telemed.serve import refuse_taken_ports, running, stopped

    if (settings.data_dir / "demo.json").exists():
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
