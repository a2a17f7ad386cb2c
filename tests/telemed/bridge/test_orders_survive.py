"""kill -9 at each point between the decision and its acknowledgement: every order is carried out and holds."""

import asyncio
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from imaging.index.database import open_index
from imaging.index.model import Study
from signaling.effects import Standing
from signaling.log import RoomLog
from tests.telemed.bridge.killed import OPEN, OTHER, PERSON, POINTS, RIGHTS, ROOM, SID, STUDY, product
from tests.telemed.bridge.leaves import acknowledged, given

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("point", POINTS)
async def test_an_order_survives_a_kill(tmp_path: Path, empty_database: Path, point: str) -> None:
    shutil.copy(empty_database, tmp_path / "telemed.db")
    command = [sys.executable, "-m", "tests.telemed.bridge.killed", str(tmp_path), point]
    killed = await asyncio.to_thread(subprocess.run, command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    async with product(tmp_path) as made:
        await made.dispatch()
        async with given(made.orders, **made.leaves):
            await acknowledged(made.orders)
    # What was acknowledged is on the leaves' disks, where a restart finds it.
    async with open_index(tmp_path / "imaging" / "index.db") as index:
        study = await index.read(lambda session: session.exec(select(Study)).one())
    assert (study.study_uid, study.hidden) == (STUDY, True)
    log = RoomLog(str(tmp_path / "rooms.db"), 0)
    assert log.used(f"sid:{SID}")
    kept = log.orders()
    assert set(kept) == {("end", str(ROOM), ""), ("remove", str(OTHER), PERSON), ("grants", str(OPEN), PERSON)}
    new = Standing(RIGHTS, frozenset({f"wuxi/{STUDY}"}), "expert", True)
    assert kept["grants", str(OPEN), PERSON].standing == new
    log.close()
