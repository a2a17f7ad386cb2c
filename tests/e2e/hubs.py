"""A copy of the seeded product with a second hub, for browser tests of redirecting and of choosing a hub."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from telemed.access.passwords import hash_now
from telemed.serve import open_database
from tests.e2e.conftest import PASSWORD, Product, copy_of
from tests.telemed.conftest import World
from tests.telemed.consultations.second_hub import open_second_hub


@contextmanager
def with_second_hub(seeded: Path, data_dir: Path) -> Iterator[Product]:
    """Its people sign in with the demonstration's password."""
    with copy_of(seeded, data_dir) as running:
        with ThreadPoolExecutor(1) as thread:  # this one has Playwright's event loop
            thread.submit(asyncio.run, _open(running.data_dir)).result()
        yield running


async def _open(data_dir: Path) -> None:
    async with open_database(f"sqlite:///{data_dir}/telemed.db") as db:
        await open_second_hub(World(db), password_hash=hash_now(PASSWORD))
