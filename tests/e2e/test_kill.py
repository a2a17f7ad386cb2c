"""kill -9 in the middle of bookings: after a restart nothing that was acknowledged is missing."""

import json
import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.e2e.conftest import Product, demonstration

ACKNOWLEDGED_AT_LEAST = 8


@pytest.fixture
def data_dir(seeded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(seeded, tmp_path / "data")


def _ask(product: Product, path: str, body: dict[str, str] | None = None) -> Any:
    """By a bearer token of the command line, as a program would."""
    telemed = str(Path(sys.executable).with_name("telemed"))
    command = [telemed, "token", "--user", "expert", "--data-dir", str(product.data_dir)]
    if product.data_dir not in _tokens:
        _tokens[product.data_dir] = subprocess.check_output(command, text=True).split()[-1]
    headers = {"Authorization": f"Bearer {_tokens[product.data_dir]}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body else None
    with urlopen(Request(product.origin + path, data, headers), timeout=30) as answer:
        return json.load(answer)


_tokens: dict[Path, str] = {}


def test_what_was_acknowledged_before_a_kill_is_there_after_it(data_dir: Path) -> None:
    acknowledged: list[str] = []
    enough = threading.Event()
    begin = (datetime.now(UTC) + timedelta(days=20)).replace(minute=0, second=0, microsecond=0)

    def book(product: Product) -> None:
        """Quarter after quarter, until the server is gone."""
        for n in range(10_000):
            start = begin + timedelta(minutes=15 * n)
            entry = {
                "kind": "meeting",
                "title": f"会议 {n}",
                "starts_at": start.isoformat(),
                "ends_at": (start + timedelta(minutes=15)).isoformat(),
            }
            try:
                acknowledged.append(_ask(product, "/api/calendar/busy", entry)["id"])
            except (OSError, HTTPException):
                return
            if len(acknowledged) >= ACKNOWLEDGED_AT_LEAST:
                enough.set()

    with demonstration(data_dir) as product:
        writer = threading.Thread(target=book, args=(product,))
        writer.start()
        assert enough.wait(120)
        product.process.kill()
        writer.join(60)
    with demonstration(data_dir) as product:
        period = urlencode({"from": begin.isoformat(), "to": (begin + timedelta(days=20)).isoformat()})
        kept = {each["id"] for each in _ask(product, f"/api/calendar/mine?{period}")["items"]}
    assert len(acknowledged) >= ACKNOWLEDGED_AT_LEAST
    assert set(acknowledged) <= kept
