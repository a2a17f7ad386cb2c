"""Replays events to consumers in any order and repeatedly, each time from the same state of the database."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from tests.telemed.conftest import World

T = TypeVar("T")
Hear = Callable[[AsyncSession, Sequence[T]], Awaitable[object]]  # what it has come to
FEW = settings(max_examples=max(10, settings().max_examples // 10), deadline=None)  # each writes to a database


def in_any_order(events: Sequence[T]) -> st.SearchStrategy[list[T]]:
    """All of them in any order, some more than once."""
    repeats = st.lists(st.sampled_from(events), max_size=3)
    return repeats.flatmap(lambda more: st.permutations([*events, *more]))


@dataclass
class Replay:
    """Replays in a transaction that is rolled back, so that each order starts from the same state."""

    database: Database
    runner: asyncio.Runner

    def __call__(self, hear: Hear[T], events: Sequence[T]) -> object:
        return self.runner.run(self._hear(hear, events))

    async def _hear(self, hear: Hear[T], events: Sequence[T]) -> object:
        async with self.database.write() as db:
            came = await hear(db, events)
            await db.rollback()
            return came


async def replayed(world: World, check: Callable[[Replay], None]) -> None:
    """Runs `check`, which hypothesis calls without an event loop, in a thread."""

    async def close(database: Database) -> None:
        await database.close()

    def run() -> None:
        database = Database(world.db.writer.url.render_as_string(hide_password=False))
        with asyncio.Runner() as runner:
            try:
                check(Replay(database, runner))
            finally:
                runner.run(close(database))

    await asyncio.to_thread(run)


def ends_alike(replay: Replay, hear: Hear[T], events: Sequence[T]) -> bool:
    """Asserts that every order ends the same; returns whether the events had any effect."""
    in_order = replay(hear, events)

    @FEW
    @given(in_any_order(events))
    def check(mixed: list[T]) -> None:
        assert replay(hear, mixed) == in_order, hear

    check()
    return in_order != replay(hear, [])
