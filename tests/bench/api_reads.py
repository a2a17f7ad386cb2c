"""Home, case page and lists over HTTP, of the whole service with 10,000 consultations and 100,000 audit rows.

The service runs in a process of its own, its sweep and its grant feed with it, and a doctor adds papers meanwhile.
"""

import asyncio
import os
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import aiohttp
from aiohttp.test_utils import unused_port

from telemed.serve import open_database
from tests.bench.many import Many, fill

CONSULTATIONS, FEW, AUDIT_ROWS, ROUNDS = 10_000, 1_000, 100_000, 150
STARTS_WITHIN, WRITES_EVERY = 30.0, 0.5  # seconds


async def run(folder: Path, consultations: int = CONSULTATIONS) -> float:
    """The 95th percentile in ms over all reads by three people; each page is read equally often."""
    async with open_database(f"sqlite:///{folder}/telemed.db") as db:
        many = await fill(db, consultations, AUDIT_ROWS)
    async with served(folder) as client:
        papers = asyncio.create_task(_add_papers(client, many))
        try:
            return await _measure(client, many)
        finally:
            papers.cancel()


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[aiohttp.ClientSession]:
    """`telemed serve` on this data directory, in a process of its own, once it is ready."""
    port = unused_port()
    settings = {"DATA_DIR": str(folder), "HTTP_PORT": str(port), "SIGNAL_PORT": str(unused_port())}
    environment = os.environ | {f"TELEMED_{name}": value for name, value in settings.items()}
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "telemed", "serve", env=environment, stdout=quiet, stderr=quiet
    )
    try:
        async with aiohttp.ClientSession(base_url=f"http://127.0.0.1:{port}") as client:
            async with asyncio.timeout(STARTS_WITHIN):
                while not await _ready(client):
                    assert process.returncode is None, "telemed serve has ended"
                    await asyncio.sleep(0.1)
            yield client
    finally:
        process.terminate()
        await process.wait()


async def _ready(client: aiohttp.ClientSession) -> bool:
    try:
        async with client.get("/healthz/ready") as answer:
            return answer.status == 200
    except aiohttp.ClientConnectionError:
        return False


async def _measure(client: aiohttp.ClientSession, many: Many) -> float:
    took: list[float] = []
    for n in range(ROUNDS):
        for who, token in many.tokens.items():
            for path in ("home", f"consultations/{random.choice(many.ids)}", "consultations?open=true"):
                began = perf_counter()
                async with client.get(f"/api/{path}", headers={"Authorization": f"Bearer {token}"}) as answer:
                    await answer.read()
                    assert answer.status == 200, (who, path, answer.status)
                if n >= 10:  # the first rounds only warm the caches
                    took.append((perf_counter() - began) * 1000)
    return quantiles(took, n=20)[-1]


async def _add_papers(client: aiohttp.ClientSession, many: Many) -> None:
    """Adds papers, which keep the grant feed and the live hints busy."""
    doctor = {"Authorization": f"Bearer {many.tokens['doctor']}"}
    for id in many.accepted:
        said = {"kind": "not_done", "checklist": "ct_report", "reason": "未做"}
        async with client.post(f"/api/consultations/{id}/packet", json=said, headers=doctor) as answer:
            assert answer.status == 201, await answer.text()
        await asyncio.sleep(WRITES_EVERY)


def measure(folder: Path, consultations: int = CONSULTATIONS) -> float:
    """`run` in a folder of its own."""
    own = folder / f"reads-{consultations}"
    own.mkdir()
    return asyncio.run(run(own, consultations))


if __name__ == "__main__":
    with TemporaryDirectory() as where:
        few, many = measure(Path(where), FEW), measure(Path(where))
        print(f"p95 {many:.1f} ms at {CONSULTATIONS}, {few:.1f} ms at {FEW}: {many / few:.2f} times")
