"""10,000 attempts at few people and places on each database, by 32 clients at a time over HTTP.

The clients share the product's process, so that their own work stands in the figures too. `--tries 500` makes it short.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from telemed.serve import open_database
from tests.bench.workshop import Measured, Workshop, percentile
from tests.contracts.postgres import create_database, postgres
from tests.contracts.race_result import Result
from tests.contracts.race_world import prepared
from tests.contracts.racing import CLIENTS, Race
from tests.telemed.conftest import FakeClock, World, caller
from tests.telemed.world import fill

ATTEMPTS = 10_000
EACH = 10  # a consultation is booked, moved and called off in about so many attempts


@dataclass(frozen=True)
class Raced:
    sqlite: Result
    postgresql: Result

    @property
    def both(self) -> tuple[Result, Result]:
        return self.sqlite, self.postgresql


def _raced(shop: Workshop, attempts: int) -> Raced:
    """Raises AssertionError if anybody was refused without being told what blocks, or booked by half.

    Who waits five seconds for the database is put off, and comes again in use: the row says how many were.
    """
    folder = shop.folder
    path = Path(mkdtemp(dir=folder)) / "race.db"  # another, if a run that failed is repeated
    sqlite = asyncio.run(_race(f"sqlite:///{path}", folder, attempts))
    with postgres(durable=True) as socket:
        postgresql = asyncio.run(_on_postgresql(socket, folder, attempts))
    for each in (sqlite, postgresql):
        assert not each.unnamed, each.unnamed[:5]
        assert not each.torn
        print(each.said(), flush=True)
    return Raced(sqlite, postgresql)


async def _on_postgresql(socket: Path, folder: Path, attempts: int) -> Result:
    return await _race(await create_database(socket, "race"), folder, attempts)


async def _race(url: str, folder: Path, attempts: int) -> Result:
    async with AsyncExitStack() as stack:
        world, clock = World(await stack.enter_async_context(open_database(url))), FakeClock()
        async with world.db.write() as session:
            await fill(world, session)

        async def opened(app: web.Application) -> TestClient[web.Request, web.Application]:
            return await stack.enter_async_context(TestClient(TestServer(app)))

        call = await caller(world, cast(Any, opened), folder, clock)
        field = await prepared(world, max(60, attempts // EACH))
        await world.db.count_rows()
        return await Race(call, world, clock, field).run(attempts)


def race_overlaps(shop: Workshop) -> Measured:
    """Swept while it runs and at its end, on both databases together."""
    raced = shop.once(_raced, attempts := shop.often(ATTEMPTS))
    named = (("SQLite", raced.sqlite), ("PostgreSQL", raced.postgresql))
    said = "; ".join(f"{name} {_counted(each)}" for name, each in named)
    return Measured(sum(each.overlaps for each in raced.both), attempts, said)


def _counted(of: Result) -> str:
    won, told, why, overtaken = (each.total() for each in (of.won, of.lost, of.limited, of.overtaken))
    return f"{won} won, {told} told what blocks, {why} asked why, {overtaken} overtaken, {of.put_off} put off"


def race_winners(shop: Workshop) -> Measured:
    """In seconds, of the worse of both databases."""
    raced = shop.once(_raced, attempts := shop.often(ATTEMPTS))
    sqlite, postgresql = (percentile(each.seconds, 99) for each in raced.both)
    medians = [percentile(each.seconds, 50) for each in raced.both]
    said = f"SQLite {sqlite:.2f} s (median {medians[0]:.2f}), PostgreSQL {postgresql:.2f} s (median {medians[1]:.2f})"
    return Measured(max(sqlite, postgresql), attempts, f"{CLIENTS} clients; {said}")


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {
    "race_overlaps": race_overlaps,
    "race_winners_p99": race_winners,
}
