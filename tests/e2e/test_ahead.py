"""`telemed demo --ahead`: everybody's clock is ahead together, dues pass, rooms open, and it only ever grows."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.e2e.conftest import demonstration
from tests.e2e.program import TELEMED, Program
from tests.signaling.kit import hello

SWEPT_WITHIN = 60.0  # seconds


@pytest.fixture
def data_dir(seeded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(seeded, tmp_path / "data")


def ahead(program: Program) -> timedelta:
    return datetime.fromisoformat(program.ask("/api/session")["server_time"]) - datetime.now(UTC)


def about(wanted: timedelta) -> Any:
    return pytest.approx(wanted, abs=timedelta(seconds=30))


def refused(data_dir: Path, wanted: str) -> str:
    command = [TELEMED, "demo", "--data-dir", str(data_dir), "--ahead", wanted]
    ports = ["--http-port", "0", "--signal-port", "0", "--dimse-port", "0"]
    said = subprocess.run([*command, *ports], capture_output=True, text=True, timeout=120, check=False)
    assert (said.returncode, said.stdout) == (1, "")
    assert "Traceback" not in said.stderr
    return said.stderr


def test_the_clock_goes_ahead_for_all_and_never_back(data_dir: Path) -> None:
    with demonstration(data_dir, "--ahead", "40m") as product:
        program = Program(product)
        assert ahead(program) == about(timedelta(minutes=40))
        assert "演示时钟提前 40m　the demonstration's clock is 40m ahead" in product.lines
        (booked,) = program.ask("/api/consultations?state=scheduled")["items"]  # begins ten minutes after the seeding
        ticket = program.ask(f"/api/rooms/{booked['id']}/ticket", {"device": "page"})
        with connect(ticket["url"], origin=Origin(product.origin), proxy=None) as room:
            room.send(hello(ticket["ticket"]), text=True)
            assert json.loads(room.recv(timeout=30))["t"] == "welcome"

    with demonstration(data_dir, "--ahead", "26h") as product:
        program = Program(product, "wuxi.doctor")  # asked for it, and sees what became of it
        assert ahead(program) == about(timedelta(hours=26))
        assert program.ask("/api/session")["clock_ahead"] == 26 * 3600
        until = monotonic() + SWEPT_WITHIN
        while (state := program.state(booked["id"])) == "scheduled" and monotonic() < until:
            pass  # asked again: the sweep runs beside us
        assert state == "no_show"

    for wanted in ("25h", "0h"):
        told = refused(data_dir, wanted)
        assert f"演示时钟已经提前 26h，只能再往前，不能退回到 {wanted}" in told
        assert f"is 26h ahead already and cannot go back to {wanted}. Use --ahead 26h or more" in told

    with demonstration(data_dir) as product:  # a start that says nothing goes on as before
        assert ahead(Program(product)) == about(timedelta(hours=26))


@pytest.mark.parametrize("wanted", ["-1h", "3651d"])
def test_what_lies_beyond_all_use_is_refused_and_nothing_made(tmp_path: Path, wanted: str) -> None:
    assert "--ahead must lie between 0 and 3650 days" in refused(tmp_path / "data", wanted)
    assert not (tmp_path / "data").exists()
